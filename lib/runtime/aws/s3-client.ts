import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { checkAnswers } from './s3-answers';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/**
 * The SDK's client for one Region. Neither the environment nor a configuration file decides anything.
 *
 * @param requestHandler sends requests; HTTP to the endpoint if omitted
 */
export function s3Client(
  region: string,
  endpoint: string,
  credentials: S3ClientConfig['credentials'],
  requestHandler: S3ClientConfig['requestHandler'] = storeHandler(10_000),
): S3Client {
  const client = new S3Client({
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    requestHandler,
    // Each of these would send requests to a host or Region other than the verified one.
    useAccelerateEndpoint: false,
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    followRegionRedirects: false,
    disableS3ExpressSessionAuth: true,
  });
  return checkAnswers(client);
}
