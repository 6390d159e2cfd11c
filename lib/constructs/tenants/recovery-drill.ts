import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DrillVariables } from '../../contract/environment';
import type { RecoveryPolicy } from '../../contract/policies/recovery-policy';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { inIsolatedSubnets } from '../functions/isolated-subnets';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { acrossRegions } from '../shared/across-regions';
import { requireInside } from '../shared/require-inside';
import { roleNameOf } from '../shared/role-name';
import { truncated } from '../shared/truncated';
import type { RecoveryReplica } from '../stores/recovery-replica';
import type { Workspace } from './workspace';

/** Construction properties for a RecoveryDrill. */
export interface RecoveryDrillProps {
  /** The boundary in which the drill may run. */
  readonly boundary: ResidencyBoundary;

  /** The workspace, which must have a `recovery`. */
  readonly workspace: Workspace;

  /**
   * Retention of the function's log; it holds counts and times.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * A function that reads a sample of a workspace's replicas and decrypts it, in the recovery Region and without any
 * resource of the workspace's own Region. It runs in isolated subnets, can write only its log, and returns counts and
 * times.
 */
export class RecoveryDrill extends Construct {
  /** The function. */
  public readonly handler: lambda.IFunction;

  /**
   * The role that can run it, and nothing else. `eu-residency drill` assumes it; the account's IAM policies decide
   * which principals can.
   */
  public readonly runnerRole: iam.IRole;

  /** @throws if the Region isn't that of the workspace's replicas, or is outside the boundary */
  constructor(scope: Construct, id: string, props: RecoveryDrillProps) {
    super(scope, id);
    const { workspace } = props;
    this.handler = this.addFunction(props, this.requireReplica(props));
    this.runnerRole = new iam.Role(this, 'Runner', {
      description: truncated(`Runs the drill of ${workspace.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.runnerRole.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.handler.functionArn] }),
    );
  }

  private requireReplica({ boundary, workspace }: RecoveryDrillProps): RecoveryReplica {
    const replica = workspace.recovery;
    const region = requireInside(this, boundary, 'it decrypts personal data');
    if (replica?.region === region) return replica;
    throw new Error(
      `${this.node.path}: the stack must be in the Region of the replicas of ${workspace.node.path}, ` +
        `${replica?.region ?? 'but there is none'}, because a drill uses only that Region, got '${region}'; set its 'env.region', or set ` +
        "the workspace's 'recovery'",
    );
  }

  private addFunction({ boundary, workspace, logRetention }: RecoveryDrillProps, replica: RecoveryReplica) {
    const { recovery } = replica;
    const table = Stack.of(this).formatArn({
      service: 'dynamodb',
      resource: 'table',
      // A replica has the same name as its table.
      resourceName: acrossRegions(workspace.conversations.table.tableName),
    });
    // The key of the replicas, in another stack, names the role.
    const description = truncated(`Reads replicas of ${workspace.node.path}, and writes nothing`);
    const role = vpcFunctionRole(this, 'Role', description, roleNameOf(this));
    replica.grantRead(role, table);
    const objects = replica.files.bucket.arnForObjects('*');
    acknowledgeObjects(role, [objects], 'a drill reads a sample of all objects; the actions are named one by one');
    const logGroup = functionLog(this, role, recovery.logKey, logRetention ?? logs.RetentionDays.SIX_MONTHS);
    return handlerFunction(this, {
      bundle: 'jobs',
      policy: { boundary: boundary.name, workspace: workspace.workspaceId } satisfies RecoveryPolicy,
      description,
      role,
      logGroup,
      environment: toEnvironment({
        UPKEEP_FUNCTION: 'drill',
        CONVERSATIONS_TABLE_ARN: table,
        BRANCH_KEYS_TABLE_ARN: replica.branchKeys.table.tableArn,
        WORKSPACE_KEY_ARN: replica.encryptionKey.keyArn,
        FILES_BUCKET: replica.files.bucket.bucketName,
      } satisfies DrillVariables),
      memorySize: 512,
      timeout: Duration.minutes(5),
      ...inIsolatedSubnets(recovery),
    });
  }
}
