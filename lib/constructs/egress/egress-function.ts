import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EGRESS_ALIASES } from '../../contract/egress';
import type { EgressPolicy } from '../../contract/policies/egress-policy';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { truncated } from '../shared/truncated';
import type { EgressNetwork } from './egress-network';

/** Construction properties for an EgressFunction. */
export interface EgressFunctionProps {
  readonly functionName: string;
  readonly policy: EgressPolicy;
  readonly network: EgressNetwork;
  readonly role: iam.Role;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  /** @default - the account's unreserved concurrency */
  readonly concurrency?: number;
}

/**
 * The function that sends requests of gateways to providers outside AWS. It has no environment variable, no tracing and no dead-letter
 * queue: its policy is part of its code, and the others would hold request data.
 *
 * It is called by one of two aliases, which tell it the kind of tenant. It has no policy that allows a call: within an account, Lambda
 * needs none besides the caller's own, and one more could only widen it.
 */
export class EgressFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: EgressFunctionProps) {
    super(scope, id);
    const { policy, network, role } = props;
    this.logGroup = functionLog(this, role, props.logKey, props.logRetention);
    const providers = policy.providers.map(({ name }) => name).join(', ');
    this.handler = handlerFunction(this, {
      bundle: 'egress',
      policy,
      functionName: props.functionName,
      description: truncated(`Sends requests to providers outside AWS: ${providers}`),
      role,
      logGroup: this.logGroup,
      memorySize: 512,
      // Lambda's longest, as for workers: a gateway ends earlier what it no longer waits for.
      timeout: Duration.minutes(15),
      reservedConcurrentExecutions: props.concurrency,
      vpc: network.vpc,
      vpcSubnets: { subnets: network.clientSubnets },
      securityGroups: [network.clientSecurityGroup],
    });
    const version = this.handler.currentVersion;
    for (const [kind, aliasName] of Object.entries(EGRESS_ALIASES)) {
      new lambda.Alias(this, `For-${kind}`, { aliasName, version, description: `Called by gateways of ${aliasName}` });
    }
  }
}
