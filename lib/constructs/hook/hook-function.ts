import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { HookPolicy } from '../../contract/policies/hook-policy';
import { withHandlerAsset } from '../functions/handler-asset';
import { HANDLER_RUNTIME } from '../functions/handler-runtime';

/** Construction properties for a HookFunction. */
export interface HookFunctionProps {
  readonly policy: HookPolicy;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly memorySize: number;
}

/**
 * The hook's handler, under a role that may write its log and nothing else: it reads templates by URLs that CloudFormation
 * has signed. It is outside any VPC, so that no network's fault holds up deployments.
 */
export class HookFunction extends Construct {
  public readonly handler: lambda.Function;

  constructor(scope: Construct, id: string, props: HookFunctionProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      description: 'Residency hook: writes its log, nothing else',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.logKey,
      retention: props.logRetention,
    });
    logGroup.grantWrite(role);
    this.handler = withHandlerAsset(
      this,
      'hook',
      props.policy,
      (directory) =>
        new lambda.Function(this, 'Function', {
          description: `Refuses templates that would leave ${props.policy.boundary}`,
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory),
          role,
          logGroup,
          memorySize: props.memorySize,
          // CloudFormation waits 30 s, and a cold start must fit in as well.
          timeout: Duration.seconds(20),
        }),
    );
  }
}
