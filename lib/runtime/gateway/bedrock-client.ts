import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';

/** The SDK's client of one Region, with nothing left for the environment or a configuration file to decide. */
export function bedrockClient(
  region: string,
  endpoint: string,
  requestHandler: BedrockRuntimeClientConfig['requestHandler'],
  credentials: BedrockRuntimeClientConfig['credentials'],
): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region,
    endpoint,
    // An SDK retry would repeat a request in a Region that the failover should leave.
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    // Either variable of the environment would contradict the endpoint above.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    // A bearer token of the environment would replace the role, whose policy names the destinations.
    authSchemePreference: ['sigv4'],
    userAgentAppId: undefined,
    requestHandler,
    credentials,
  });
}
