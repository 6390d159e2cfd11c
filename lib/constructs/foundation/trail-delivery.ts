import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import type { IDependable } from 'constructs';

/** Lets one trail write to a bucket of its account; the trail must wait for what is returned. */
export function allowDelivery(bucket: s3.IBucket, trailArn: string): IDependable[] {
  const { account } = Stack.of(bucket);
  const cloudTrail = new iam.ServicePrincipal('cloudtrail.amazonaws.com');
  const onBehalf = { 'aws:SourceArn': trailArn };
  return [
    new iam.PolicyStatement({
      sid: 'TrailChecks',
      actions: ['s3:GetBucketAcl'],
      principals: [cloudTrail],
      resources: [bucket.bucketArn],
      conditions: { StringEquals: onBehalf },
    }),
    new iam.PolicyStatement({
      sid: 'TrailWrites',
      actions: ['s3:PutObject'],
      principals: [cloudTrail],
      resources: [bucket.arnForObjects(`AWSLogs/${account}/*`)],
      conditions: { StringEquals: { ...onBehalf, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  ].flatMap((statement) => bucket.addToResourcePolicy(statement).policyDependable ?? []);
}
