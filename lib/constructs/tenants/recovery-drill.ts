import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DrillVariables } from '../../contract/environment';
import type { RecoveryPolicy } from '../../contract/policies/recovery-policy';
import { withHandlerAsset } from '../functions/handler-asset';
import { HANDLER_RUNTIME } from '../functions/handler-runtime';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { acrossRegions } from '../shared/across-regions';
import { clipped } from '../shared/clipped';
import { acknowledgeObjects } from '../shared/every-object';
import { requireInside } from '../shared/require-inside';
import { roleNameOf } from '../shared/role-name';
import type { Workspace } from './workspace';

/** Construction properties for a RecoveryDrill. */
export interface RecoveryDrillProps {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /** The workspace, which has a `recovery`. */
  readonly workspace: Workspace;

  /**
   * How long the function's log is kept; it holds counts and times.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * A function that reads a sample of a workspace's copies back and decrypts it, in the recovery Region and by what is there alone. It runs in
 * subnets without a way out, may write nothing, and answers with counts and times.
 */
export class RecoveryDrill extends Construct {
  /** The function. */
  public readonly handler: lambda.IFunction;

  /**
   * The role that may run it, and nothing else. `eu-residency drill` takes it on, for whoever the IAM policies of the account let do
   * so.
   */
  public readonly runnerRole: iam.IRole;

  constructor(scope: Construct, id: string, props: RecoveryDrillProps) {
    super(scope, id);
    const { boundary, workspace } = props;
    const replica = workspace.recovery;
    const region = requireInside(this, boundary, 'it decrypts personal data');
    if (replica?.region !== region) {
      throw new Error(
        `${this.node.path}: the stack must be in the Region where copies of ${workspace.node.path} are kept, ` +
          `${replica?.region ?? 'but there is none'}, got '${region}'; set its 'env.region', or give the workspace a 'recovery'`,
      );
    }
    const { recovery } = replica;
    const table = Stack.of(this).formatArn({
      service: 'dynamodb',
      resource: 'table',
      // A replica has the name of its table.
      resourceName: acrossRegions(workspace.conversations.table.tableName),
    });
    // The key of the copies, in another stack, names it.
    const description = clipped(`Reads copies of ${workspace.node.path} back, and writes nothing`);
    const role = vpcFunctionRole(this, 'Role', description, roleNameOf(this));
    replica.grantRead(role, table);
    const objects = replica.files.bucket.arnForObjects('*');
    acknowledgeObjects(role, [objects], 'a drill reads a sample of all objects; the actions are named one by one');
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: recovery.logKey,
      retention: props.logRetention ?? logs.RetentionDays.SIX_MONTHS,
    });
    logGroup.grantWrite(role);
    this.handler = withHandlerAsset(
      this,
      'jobs',
      { boundary: boundary.name, workspace: workspace.workspaceId } satisfies RecoveryPolicy,
      (directory) =>
        new lambda.Function(this, 'Function', {
          description,
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory),
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
          vpc: recovery.vpc,
          vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
          securityGroups: [recovery.clientSecurityGroup],
        }),
    );
    this.runnerRole = new iam.Role(this, 'Runner', {
      description: clipped(`Runs the drill of ${workspace.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.runnerRole.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.handler.functionArn] }),
    );
  }
}
