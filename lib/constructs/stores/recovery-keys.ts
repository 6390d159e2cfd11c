import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { CopyKeysVariables } from '../../contract/environment';
import type { RecoveryPolicy } from '../../contract/policies/recovery-policy';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import type { BranchKeyStore } from '../keys/branch-key-store';
import { acrossRegions } from '../shared/across-regions';
import { clipped } from '../shared/clipped';
import { roleNameOf } from '../shared/role-name';
import type { RecoveryReplica } from './recovery-replica';

/** Construction properties for RecoveryKeys. */
export interface RecoveryKeysProps {
  readonly boundary: ResidencyBoundary;
  readonly foundation: Foundation;
  readonly workspaceId: string;
  readonly branchKeys: BranchKeyStore;
  readonly recovery: RecoveryReplica;
}

/** How often it is looked for keys that aren't in the recovery Region yet, and how many failures in a row somebody is told of. */
const EVERY = Duration.minutes(10);
const FAILURES = 3;

/**
 * Keeps the branch keys of a workspace in its recovery Region too, under that Region's own key. The function is outside the VPC, since
 * the other Region can't be reached from it: it holds keys for a moment, and has no right to anything that is encrypted with them.
 */
export class RecoveryKeys extends Construct {
  constructor(scope: Construct, id: string, props: RecoveryKeysProps) {
    super(scope, id);
    const { boundary, foundation, workspaceId, branchKeys, recovery } = props;
    const { handler, role } = new OutsideFunction(this, 'Copy', {
      bundle: 'jobs',
      policy: { boundary: boundary.name, workspace: workspaceId } satisfies RecoveryPolicy,
      description: clipped(`Keeps the keys of members of workspace ${workspaceId} in ${recovery.region} too`),
      environment: {
        UPKEEP_FUNCTION: 'copy-keys',
        BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
        WORKSPACE_KEY_ARN: branchKeys.encryptionKey.keyArn,
        RECOVERY_BRANCH_KEYS_TABLE_ARN: acrossRegions(recovery.branchKeys.table.tableArn),
        RECOVERY_WORKSPACE_KEY_ARN: acrossRegions(recovery.encryptionKey.keyArn),
      } satisfies CopyKeysVariables,
      logKey: foundation.logKey,
      logRetention: logs.RetentionDays.ONE_MONTH,
      timeout: EVERY,
      // The key of the other Region names it before it is made.
      roleName: roleNameOf(this),
    });
    branchKeys._grantCopyFrom(role);
    recovery.branchKeys._grantCopyTo(role);
    new events.Rule(this, 'Schedule', {
      description: 'Looks for keys that are not in the recovery Region yet',
      schedule: events.Schedule.rate(EVERY),
      targets: [new targets.LambdaFunction(handler, { retryAttempts: 0 })],
    });
    foundation._channel.tell(this.alarm(handler, recovery.region));
  }

  private alarm(handler: lambda.Function, region: string): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'NotCopied', {
      alarmDescription:
        `Keys of members haven't been copied to ${region} for half an hour, so what is kept there of new members couldn't be read. The ` +
        `log of function ${handler.functionName} says why.`,
      metric: handler.metricErrors({ period: EVERY }),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: FAILURES,
      // A function that doesn't run counts no errors either.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
