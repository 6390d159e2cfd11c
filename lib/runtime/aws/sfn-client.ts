import { SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';
import { storeHandler } from './store-handler';

/** The SDK's Step Functions client for one Region. Neither the environment nor a configuration file decides anything. */
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
