import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { storeHandler } from '../../gateway/store-handler';

/**
 * The SDK's client of one Region, with nothing left for the environment or a configuration file to decide.
 *
 * @param requestHandler what sends requests; HTTP to the endpoint when left out
 */
export function kmsClient(
  region: string,
  endpoint: string,
  credentials: KMSClientConfig['credentials'],
  requestHandler: KMSClientConfig['requestHandler'] = storeHandler(),
): KMSClient {
  return new KMSClient({
    region,
    endpoint,
    credentials,
    requestHandler,
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    authSchemePreference: ['sigv4'],
    userAgentAppId: undefined,
  });
}
