import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ActorVariables } from '../../contract/environment';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import { ACTORS, type RecoveryActor, type RightsActor } from '../../contract/rights';
import type { Foundation } from '../foundation/foundation';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { inIsolatedSubnets } from '../functions/isolated-subnets';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
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
    const logGroup = functionLog(this, this.role, foundation.logKey, props.logRetention);
    this.handler = handlerFunction(this, {
      bundle: 'jobs',
      policy,
      description,
      role: this.role,
      logGroup,
      environment: toEnvironment(props.environment),
      memorySize: 512,
      timeout: Duration.minutes(15),
      reservedConcurrentExecutions: props.concurrency,
      ...inIsolatedSubnets(foundation),
    });
  }
}
