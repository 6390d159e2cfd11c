import type { BedrockClientConfig } from '@aws-sdk/client-bedrock';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { findRegion } from '../../facts/region';

/** Of a service's endpoint in a Region: written out, so that no variable of the environment can lead elsewhere. */
export function endpointOf(service: string, region: string): string {
  const fact = findRegion(region);
  if (fact === undefined) {
    throw new Error(
      `policy.json: '${region}' is no Region that the facts know; deploy the function and its policy anew`,
    );
  }
  return `https://${service}.${region}.${fact.dnsSuffix}`;
}

/** How every client of the function calls: by the role's own credentials, with a few attempts, and never for long. */
export function callsAs(service: string, region: string) {
  return {
    region,
    endpoint: endpointOf(service, region),
    credentials: fromEnv(),
    maxAttempts: 4,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: undefined,
    requestHandler: boundedRequests(3_000, 5_000),
  } as const;
}

/** Requests that end in time, whoever answers: without the last option the SDK only warns of one that doesn't. */
export const boundedRequests = (connectionTimeout: number, requestTimeout: number) =>
  new NodeHttpHandler({
    connectionTimeout,
    requestTimeout,
    socketTimeout: requestTimeout,
    throwOnRequestTimeout: true,
    // Whatever the environment says of certificates.
    httpsAgent: { rejectUnauthorized: true },
  });

/** How Bedrock's control plane is called in a Region. A bearer token of the environment would replace the role. */
export const bedrockControl = (region: string): BedrockClientConfig => ({
  ...callsAs('bedrock', region),
  authSchemePreference: ['sigv4'],
});
