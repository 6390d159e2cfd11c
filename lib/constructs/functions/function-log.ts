import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { RETAINED_ONCE_CREATED } from '../shared/removal';

/** Adds `LogGroup`, the log of a function, to which the function's role can write. */
export function functionLog(
  scope: Construct,
  role: iam.IRole,
  encryptionKey: kms.IKey,
  retention: logs.RetentionDays,
): logs.LogGroup {
  const logGroup = new logs.LogGroup(scope, 'LogGroup', {
    encryptionKey,
    retention,
    removalPolicy: RETAINED_ONCE_CREATED,
  });
  logGroup.grantWrite(role);
  return logGroup;
}
