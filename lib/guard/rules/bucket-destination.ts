import { placeProperties, typesWith } from '../table/place-properties';
import { OPEN } from '../template/hole';
import { Reference, Unresolved } from '../template/node';
import type { ResourceRule } from './rule';

export const bucketDestination: ResourceRule = {
  id: 'bucket-destination',
  title: 'Data is written only to buckets that are known to be inside',
  why: "A bucket's name and ARN don't say in which Region it is, and the property writes data to it.",
  fix: "Write to a bucket of the same app, or declare the bucket under 'places' (bucket, country, reason).",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html',
  appliesTo: typesWith('bucket'),

  *check(resource, { boundary, places }) {
    for (const { path, value } of placeProperties(resource, 'bucket')) {
      if (value instanceof Reference) continue;
      if (value instanceof Unresolved) {
        yield { path, level: 'unresolved', detail: `the bucket can't be decided: ${value.reason}` };
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
      } else if (country === undefined && (hasPlainName(name) || name.includes(OPEN))) {
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

/** A name that holds a part of the deployment itself (its account, a bucket of it) belongs to it. */
const hasPlainName = (name: string) => /^[a-z0-9.-]+$/.test(name);
