import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/**
 * The SDK's client for one Region. Neither the environment nor a configuration file decides anything.
 *
 * @param requestHandler sends requests; HTTP to the endpoint if omitted
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
