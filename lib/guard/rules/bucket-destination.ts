import { checkBucket } from '../places/check-bucket';
import { CONDITIONAL_BUCKETS } from '../places/conditional-buckets';
import { bucketsInDocuments, TYPES_WITH_DOCUMENTS } from '../places/document-buckets';
import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';

export const bucketDestination: ResourceRule = {
  id: 'bucket-destination',
  title: 'Data is written only to buckets known to be inside the boundary',
  why: "A bucket's name and ARN don't reveal its Region, and the resource writes data to it.",
  fix: "Write to a bucket in the same app, or declare the bucket under 'places' (bucket, country, reason).",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html',
  appliesTo: [...new Set([...typesWith('bucket'), ...Object.keys(CONDITIONAL_BUCKETS), ...TYPES_WITH_DOCUMENTS])],

  *check(resource, context) {
    const buckets = [
      ...placeProperties(resource, 'bucket'),
      ...(CONDITIONAL_BUCKETS[resource.type]?.(resource) ?? []),
      ...bucketsInDocuments(resource),
    ];
    for (const bucket of buckets) yield* checkBucket(bucket, context);
  },
};
