import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ActorVariables } from '../../contract/environment';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import { ACTORS, type RecoveryActor, type RightsActor } from '../../contract/rights';
import type { Foundation } from '../foundation/foundation';
import { withHandlerAsset } from '../functions/handler-asset';
import { HANDLER_RUNTIME } from '../functions/handler-runtime';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { RETAINED_ONCE_CREATED } from '../shared/removal';
import { truncated } from '../shared/truncated';

/** Construction properties for a RightsFunction. */
export interface RightsFunctionProps {
  readonly foundation: Foundation;
  readonly policy: RightsPolicy;
  readonly actor: VpcActor;
  readonly environment: ActorVariables;
  readonly logRetention: logs.RetentionDays;
  /**
   * The role's name, for an actor that a policy of another stack names.
   *
   * @default - a name chosen by CloudFormation
   */
  readonly roleName?: string;
  /** @default - the account's unreserved concurrency */
  readonly concurrency?: number;
}

/** The actors that decrypt content, or delete encrypted content. */
export type VpcActor = Exclude<RightsActor, typeof ACTORS.workspaceDeleter | RecoveryActor>;

const DESCRIPTIONS: Readonly<Record<VpcActor, string>> = {
  [ACTORS.verifier]: 'Verifies that an erased key is gone, and certifies it',
  [ACTORS.eraser]: 'Deletes erased and expired content, and decrypts nothing',
  [ACTORS.exporter]: 'Writes the exports of members, and deletes nothing',
};

/** The function of one actor, in isolated subnets. On its own it can write its log, and nothing else. */
export class RightsFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: RightsFunctionProps) {
    super(scope, id);
    const { foundation, policy, actor } = props;
    const description = truncated(`${DESCRIPTIONS[actor]}: workspace ${policy.workspace}, inside ${policy.boundary}`);
    this.role = vpcFunctionRole(this, 'Role', description, props.roleName);
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: foundation.logKey,
      retention: props.logRetention,
      removalPolicy: RETAINED_ONCE_CREATED,
    });
    logGroup.grantWrite(this.role);
    this.handler = withHandlerAsset(
      this,
      'jobs',
      policy,
      (directory, asset) =>
        new lambda.Function(this, 'Function', {
          description,
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory, asset),
          role: this.role,
          logGroup,
          environment: toEnvironment(props.environment),
          memorySize: 512,
          timeout: Duration.minutes(15),
          reservedConcurrentExecutions: props.concurrency,
          vpc: foundation.vpc,
          vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
          securityGroups: [foundation.clientSecurityGroup],
        }),
    );
  }
}
