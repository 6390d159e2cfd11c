import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { HookPolicy } from '../../contract/policies/hook-policy';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';

/** Construction properties for a HookFunction. */
export interface HookFunctionProps {
  readonly policy: HookPolicy;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly memorySize: number;
}

/**
 * The hook's handler, with a role that can write its log and nothing else: it reads templates through URLs that
 * CloudFormation has signed. It is outside any VPC, so that a network fault can't block deployments.
 */
export class HookFunction extends Construct {
  public readonly handler: lambda.Function;

  constructor(scope: Construct, id: string, props: HookFunctionProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      description: 'Residency hook: writes its log and nothing else',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const logGroup = functionLog(this, role, props.logKey, props.logRetention);
    this.handler = handlerFunction(this, {
      bundle: 'hook',
      policy: props.policy,
      description: `Refuses templates whose data would leave ${props.policy.boundary}`,
      role,
      logGroup,
      memorySize: props.memorySize,
      // CloudFormation waits 30 s, which must include a cold start.
      timeout: Duration.seconds(20),
    });
  }
}
