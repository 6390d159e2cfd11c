import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/**
 * The SDK's client of one Region, with nothing left for the environment or a configuration file to decide.
 *
 * @param requestHandler what sends requests; HTTP to the endpoint when left out
 */
export function dynamodbClient(
  region: string,
  endpoint: string,
  credentials: DynamoDBClientConfig['credentials'],
  requestHandler: DynamoDBClientConfig['requestHandler'] = storeHandler(),
): DynamoDBClient {
  return new DynamoDBClient({
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    // Either would move calls to a host of another name than the one that was decided.
    accountIdEndpointMode: 'disabled',
    endpointDiscoveryEnabled: false,
    requestHandler,
  });
}
