import { SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';
import { storeHandler } from './store-handler';

/** The SDK's client of Step Functions in one Region, with nothing left for the environment or a configuration file to decide. */
export function sfnClient(region: string, endpoint: string, credentials: SFNClientConfig['credentials']): SFNClient {
  return new SFNClient({
    region,
    endpoint,
    credentials,
    requestHandler: storeHandler(5_000),
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    authSchemePreference: ['sigv4'],
    userAgentAppId: undefined,
  });
}
