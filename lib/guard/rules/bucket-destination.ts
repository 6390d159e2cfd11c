import { placeProperties, typesWith } from '../table/place-properties';
import { OWN } from '../template/hole';
import { Reference, Unresolved } from '../template/node';
import type { ResourceRule } from './rule';

export const bucketDestination: ResourceRule = {
  id: 'bucket-destination',
  title: 'Data is written only to buckets that are known to be inside',
  why: "A bucket's name and ARN don't say in which Region it is, and the property writes data to it.",
  fix: "Write to a bucket of the same app, or declare the bucket under 'places' (bucket, country, reason).",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html',
  appliesTo: typesWith('bucket'),

  *check(resource, { boundary, places, scope }) {
    for (const { path, value } of placeProperties(resource, 'bucket')) {
      if (value instanceof Reference && BUCKETS.includes(value.type ?? '')) continue;
      if (value instanceof Unresolved || value instanceof Reference) {
        yield { path, level: 'unresolved', detail: `the bucket can't be decided: ${reasonOf(value)}` };
        continue;
      }
      const name = bucketName(String(value));
      const country = places.bucketCountry(name);
      if (country !== undefined && !boundary.containsCountry(country)) {
        const place = { kind: 'country' as const, value: name, country };
        yield {
          path,
          value: name,
          place,
          detail: `the bucket is declared to be in ${country}, outside ${boundary.label}`,
        };
      } else if (country === undefined && !isOwnName(name, scope.deployRegion)) {
        yield {
          path,
          value: name,
          level: 'unresolved',
          detail: 'data is written to a bucket whose Region nothing states',
        };
      }
    }
  },
};

/** The bucket in `s3://bucket/key`, in an ARN, or alone. */
const bucketName = (text: string) =>
  text
    .replace(/^s3:\/\//, '')
    .replace(/^arn:[^:]*:s3:::/, '')
    .split('/')[0] ?? '';

/** The bucket of a resource of the app, or one named after the Region that is deployed to, as CDK names its own. */
const isOwnName = (name: string, region: string | undefined) =>
  name === OWN || (region !== undefined && name.includes(OWN) && name.includes(region));

const reasonOf = (value: Unresolved | Reference) =>
  value instanceof Unresolved ? value.reason : `'${value.logicalId}' is no bucket of the app`;

const BUCKETS = ['AWS::S3::Bucket', 'AWS::S3Express::DirectoryBucket'];
