import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/** The SDK's client for one Region. Neither the environment nor a configuration file decides anything. */
export function logsClient(
  region: string,
  endpoint: string,
  credentials: CloudWatchLogsClientConfig['credentials'],
): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    requestHandler: storeHandler(10_000),
  });
}
