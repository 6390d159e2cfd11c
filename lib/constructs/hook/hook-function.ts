import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { HookPolicy } from '../../contract/policies/hook-policy';
import { withHandlerAsset } from '../functions/handler-asset';
import { HANDLER_RUNTIME } from '../functions/handler-runtime';
import { RETAINED_ONCE_CREATED } from '../shared/removal';

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
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.logKey,
      retention: props.logRetention,
      removalPolicy: RETAINED_ONCE_CREATED,
    });
    logGroup.grantWrite(role);
    this.handler = withHandlerAsset(
      this,
      'hook',
      props.policy,
      (directory, asset) =>
        new lambda.Function(this, 'Function', {
          description: `Refuses templates whose data would leave ${props.policy.boundary}`,
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory, asset),
          role,
          logGroup,
          memorySize: props.memorySize,
          // CloudFormation waits 30 s, which must include a cold start.
          timeout: Duration.seconds(20),
        }),
    );
  }
}
