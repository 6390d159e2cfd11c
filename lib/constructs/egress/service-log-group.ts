import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct, IDependable } from 'constructs';
import { RETAINED_ONCE_CREATED } from '../shared/removal';

/** A log group that an AWS service delivers to, and what must exist before it does. */
export interface ServiceLogGroup {
  readonly logGroup: logs.LogGroup;
  readonly ready: IDependable;
}

/**
 * Creates a log group under a key, which AWS's log delivery may write to for this account. With a policy of its own, the delivery
 * doesn't add one that belongs to no stack.
 */
export function serviceLogGroup(
  scope: Construct,
  id: string,
  encryptionKey: kms.IKey,
  retention: logs.RetentionDays,
): ServiceLogGroup {
  const stack = Stack.of(scope);
  const logGroup = new logs.LogGroup(scope, id, {
    encryptionKey,
    retention,
    removalPolicy: RETAINED_ONCE_CREATED,
  });
  const { policyDependable } = logGroup.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
        StringEquals: { 'aws:SourceAccount': stack.account },
      },
    }),
  );
  return { logGroup, ready: policyDependable ?? logGroup };
}
