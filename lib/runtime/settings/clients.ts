import type { BedrockClientConfig } from '@aws-sdk/client-bedrock';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { findRegion } from '../../facts/region';

/** The URL of a service's endpoint in a Region. It is explicit, so no environment variable can redirect calls. */
export function endpointOf(service: string, region: string): string {
  const fact = findRegion(region);
  if (fact === undefined) {
    throw new Error(`policy.json: '${region}' isn't a Region in the facts; deploy the function and its policy again`);
  }
  return `https://${service}.${region}.${fact.dnsSuffix}`;
}

/** The settings of every client of the function: the role's own credentials, a few attempts and short time limits. */
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

/** Requests with time limits. Without the last option, the SDK only warns when a request exceeds its limit. */
export const boundedRequests = (connectionTimeout: number, requestTimeout: number) =>
  new NodeHttpHandler({
    connectionTimeout,
    requestTimeout,
    socketTimeout: requestTimeout,
    throwOnRequestTimeout: true,
    // Certificates are verified even if an environment variable disables that.
    httpsAgent: { rejectUnauthorized: true },
  });

/** The settings of a client of Bedrock's control plane. A bearer token in the environment would replace the role. */
export const bedrockControl = (region: string): BedrockClientConfig => ({
  ...callsAs('bedrock', region),
  authSchemePreference: ['sigv4'],
});
