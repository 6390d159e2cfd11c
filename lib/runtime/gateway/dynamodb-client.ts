import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { storeHandler } from './store-handler';

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
    region,
    endpoint,
    credentials,
    // A throttled call did nothing, so it is made again. One that failed otherwise may have counted, and counts again: too
    // much is counted, never too little.
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    authSchemePreference: ['sigv4'],
    userAgentAppId: undefined,
    // Either would move calls to a host of another name than the one that was decided.
    accountIdEndpointMode: 'disabled',
    endpointDiscoveryEnabled: false,
    requestHandler,
  });
}
