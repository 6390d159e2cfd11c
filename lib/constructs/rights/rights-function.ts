import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ActorVariables } from '../../contract/environment';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import type { RecoveryActor, RightsActor } from '../../contract/rights';
import type { Foundation } from '../foundation/foundation';
import { withHandlerAsset } from '../functions/handler-asset';
import { HANDLER_RUNTIME } from '../functions/handler-runtime';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { clipped } from '../shared/clipped';

/** Construction properties for a RightsFunction. */
export interface RightsFunctionProps {
  readonly foundation: Foundation;
  readonly policy: RightsPolicy;
  readonly actor: InNetwork;
  readonly environment: ActorVariables;
  readonly logRetention: logs.RetentionDays;
  /** For an actor whom a policy of another stack names. */
  readonly roleName?: string;
}

/** Who decrypts, or deletes what is encrypted. */
export type InNetwork = Exclude<RightsActor, 'closer' | RecoveryActor>;

const WHAT: Readonly<Record<InNetwork, string>> = {
  witness: 'Tests that an erased key is gone, and certifies it',
  eraser: 'Deletes what is erased or expires, and decrypts nothing',
  exporter: 'Writes the exports of members, and deletes nothing',
};

/** The function of one actor, in subnets without a way out: by itself it may write its log, and nothing else. */
export class RightsFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: RightsFunctionProps) {
    super(scope, id);
    const { foundation, policy, actor } = props;
    const description = clipped(`${WHAT[actor]}: workspace ${policy.workspace}, inside ${policy.boundary}`);
    this.role = vpcFunctionRole(this, 'Role', description, props.roleName);
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: foundation.logKey,
      retention: props.logRetention,
    });
    logGroup.grantWrite(this.role);
    this.handler = withHandlerAsset(
      this,
      'jobs',
      policy,
      (directory) =>
        new lambda.Function(this, 'Function', {
          description,
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory),
          role: this.role,
          logGroup,
          environment: toEnvironment(props.environment),
          memorySize: 512,
          timeout: Duration.minutes(15),
          vpc: foundation.vpc,
          vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
          securityGroups: [foundation.clientSecurityGroup],
        }),
    );
  }
}
