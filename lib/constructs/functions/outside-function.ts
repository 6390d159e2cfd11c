import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Variables } from '../../contract/environment';
import type { HandlerName } from '../../contract/handlers';
import type { Policies } from '../../contract/policies/policies';
import { functionLog } from './function-log';
import { handlerFunction } from './handler-function';
import { toEnvironment } from './variables';

/** A handler, and a policy in the format that it reads. */
type Bundled = { readonly [N in HandlerName]: { readonly bundle: N; readonly policy: Policies[N] } }[HandlerName];

/** Construction properties for an OutsideFunction. */
export type OutsideFunctionProps = Bundled & {
  /** The purpose of the function, shown in the console. */
  readonly description: string;
  readonly environment: Variables;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly timeout: Duration;
  /**
   * The permissions of its role, in addition to writing its log.
   *
   * @default - none
   */
  readonly inlinePolicies?: Record<string, iam.PolicyDocument>;
  /**
   * Memory in MB.
   *
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * The role's name, for a role that a policy of another stack names.
   *
   * @default - a name chosen by CloudFormation
   */
  readonly roleName?: string;
  /** @default - the account's unreserved concurrency */
  readonly concurrency?: number;
};

/**
 * A function outside the VPC, for services that the isolated VPC can't reach, such as Cognito. So its role has no
 * permission on content: on its own, it can only write its log.
 */
export class OutsideFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly role: iam.Role;
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: OutsideFunctionProps) {
    super(scope, id);
    const { description, inlinePolicies, memorySize = 256 } = props;
    this.role = new iam.Role(this, 'Role', {
      description,
      roleName: props.roleName,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies,
    });
    this.logGroup = functionLog(this, this.role, props.logKey, props.logRetention);
    this.handler = handlerFunction(this, {
      bundle: props.bundle,
      policy: props.policy,
      description,
      role: this.role,
      logGroup: this.logGroup,
      environment: toEnvironment(props.environment),
      memorySize,
      timeout: props.timeout,
      reservedConcurrentExecutions: props.concurrency,
    });
  }
}
