import { Reference } from '../template/node';
import type { ResourceRule } from './rule';

export const s3Replication: ResourceRule = {
  id: 's3-replication',
  title: 'A bucket replicates only to buckets that are known to be inside',
  why: "Replication copies every object to the destination bucket, and a bucket's ARN doesn't say in which Region it is.",
  fix: 'Replicate to a bucket of the same app, so that its Region can be checked, or remove the rule.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  appliesTo: ['AWS::S3::Bucket'],

  *check(resource) {
    for (const { path, value } of resource.select('ReplicationConfiguration', 'Rules', '*', 'Destination', 'Bucket')) {
      if (value instanceof Reference && value.type === 'AWS::S3::Bucket') continue;
      yield {
        path,
        level: 'unresolved',
        ...(typeof value === 'string' && { value }),
        detail: 'objects are copied to a bucket whose Region nothing in the app states',
      };
    }
  },
};
