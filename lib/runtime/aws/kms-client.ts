import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

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
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    requestHandler,
  });
}
