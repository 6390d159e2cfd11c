import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { checkAnswers } from './dynamodb-answers';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/**
 * The SDK's client for one Region. Neither the environment nor a configuration file decides anything.
 *
 * @param requestHandler sends requests; HTTP to the endpoint if omitted
 */
export function dynamodbClient(
  region: string,
  endpoint: string,
  credentials: DynamoDBClientConfig['credentials'],
  requestHandler: DynamoDBClientConfig['requestHandler'] = storeHandler(),
): DynamoDBClient {
  const client = new DynamoDBClient({
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    // Either would send calls to a host other than the verified one.
    accountIdEndpointMode: 'disabled',
    endpointDiscoveryEnabled: false,
    requestHandler,
  });
  return checkAnswers(client);
}
