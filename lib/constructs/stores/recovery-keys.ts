import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { CopyKeysVariables } from '../../contract/environment';
import type { RecoveryPolicy } from '../../contract/policies/recovery-policy';
import { runbookAlarm } from '../alerts/runbook-alarm';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import type { BranchKeyStore } from '../keys/branch-key-store';
import { acrossRegions } from '../shared/across-regions';
import { roleNameOf } from '../shared/role-name';
import { truncated } from '../shared/truncated';
import type { RecoveryReplica } from './recovery-replica';

/** Construction properties for RecoveryKeys. */
export interface RecoveryKeysProps {
  readonly boundary: ResidencyBoundary;
  readonly foundation: Foundation;
  readonly workspaceId: string;
  readonly branchKeys: BranchKeyStore;
  readonly recovery: RecoveryReplica;
}

/**
 * The interval between searches for keys that aren't in the recovery Region yet, and the number of consecutive failures
 * that raise an alarm.
 */
const EVERY = Duration.minutes(10);
const FAILURES = 3;

/**
 * Replicates the branch keys of a workspace to its recovery Region, under that Region's own key. The function is
 * outside the VPC, which can't reach the other Region. It holds keys for a moment, and has no permission on content
 * encrypted with them.
 */
export class RecoveryKeys extends Construct {
  constructor(scope: Construct, id: string, props: RecoveryKeysProps) {
    super(scope, id);
    const { boundary, foundation, workspaceId, branchKeys, recovery } = props;
    const { handler, role } = new OutsideFunction(this, 'Copy', {
      bundle: 'jobs',
      policy: { boundary: boundary.name, workspace: workspaceId } satisfies RecoveryPolicy,
      description: truncated(`Copies the keys of members of workspace ${workspaceId} to ${recovery.region}`),
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
      // The key of the other Region names the role before it is created.
      roleName: roleNameOf(this),
    });
    branchKeys._grantCopyFrom(role);
    recovery.branchKeys._grantCopyTo(role);
    new events.Rule(this, 'Schedule', {
      description: "Finds keys that aren't in the recovery Region yet",
      schedule: events.Schedule.rate(EVERY),
      targets: [new targets.LambdaFunction(handler, { retryAttempts: 0 })],
    });
    runbookAlarm(this, 'NotCopied', {
      entry: 'NotCopied',
      text:
        `Keys of members haven't been copied to ${recovery.region} for half an hour, so replicas of new members' content there can't be read. ` +
        `See the log of function ${handler.functionName} for the reason.`,
      metric: handler.metricErrors({ period: EVERY }),
      evaluationPeriods: FAILURES,
      // A function that doesn't run reports no errors either.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      channel: foundation._channel,
    });
  }
}
