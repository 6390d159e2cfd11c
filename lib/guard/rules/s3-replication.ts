import { checkBucket } from '../places/check-bucket';
import type { ResourceRule } from '../rule/rule';

export const s3Replication: ResourceRule = {
  id: 's3-replication',
  title: 'A bucket replicates only to buckets known to be inside the boundary',
  why: "Replication copies every object to the destination bucket, and a bucket's ARN doesn't reveal its Region.",
  fix: "Replicate to a bucket in the same app, declare the bucket under 'places' (bucket, country, reason), or remove the rule.",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  appliesTo: ['AWS::S3::Bucket'],

  *check(resource, context) {
    for (const bucket of resource.select('ReplicationConfiguration', 'Rules', '*', 'Destination', 'Bucket')) {
      yield* checkBucket(bucket, context);
    }
  },
};
