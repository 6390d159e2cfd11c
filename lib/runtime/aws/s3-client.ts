import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/**
 * The SDK's client of one Region, with nothing left for the environment or a configuration file to decide.
 *
 * @param requestHandler what sends requests; HTTP to the endpoint when left out
 */
export function s3Client(
  region: string,
  endpoint: string,
  credentials: S3ClientConfig['credentials'],
  requestHandler: S3ClientConfig['requestHandler'] = storeHandler(10_000),
): S3Client {
  return new S3Client({
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    requestHandler,
    // Each of these would move requests to a host or Region of another name than the one that was decided.
    useAccelerateEndpoint: false,
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    followRegionRedirects: false,
    disableS3ExpressSessionAuth: true,
  });
}
