import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { EgressVariables, GuardrailVariables, ProviderStateVariables } from '../../contract/environment';
import { WORK_HANDLER } from '../../contract/handlers';
import { MODELS_METADATA } from '../../contract/tags';
import { handlerFunction } from '../functions/handler-function';
import { toEnvironment } from '../functions/variables';
import { truncated } from '../shared/truncated';
import { type GatewayFunctionProps, gatewayRole } from './gateway-function';
import { gatewayBundle } from './gateway-policy-asset';
import { modelsMetadata } from './models-metadata';

/** Construction properties for a WorkerFunction. */
export interface WorkerFunctionProps
  extends Omit<GatewayFunctionProps, 'logRetention' | 'reservedConcurrentExecutions'> {
  /** The log of the gateway: the records of all requests of a workspace are in one place. */
  readonly logGroup: logs.ILogGroup;
  /** @default - the account's unreserved concurrency */
  readonly concurrency?: number;
}

/**
 * A second function with a gateway's code and policy, under a role of its own: it answers requests that wait in a queue. It calls the same
 * destinations by the same routes.
 */
export class WorkerFunction extends Construct {
  public readonly handler: lambda.Function;

  constructor(scope: Construct, id: string, props: WorkerFunctionProps) {
    super(scope, id);
    const { policy, members, logGroup } = props;
    const description = truncated(
      `Answers in the background for workspace ${policy.tenant.ids.join(', ')}, inside ${policy.boundary}`,
    );
    const role = gatewayRole(this, props, description);
    logGroup.grantWrite(role);
    const checking = members?._grantCheck(role);
    members?._grantReadGroups(role);
    props.providerState?.grantServe(role);
    this.handler = handlerFunction(this, {
      bundle: gatewayBundle(policy),
      policy,
      description,
      handler: WORK_HANDLER,
      role,
      logGroup,
      environment: toEnvironment(
        checking,
        { GUARDRAILS: props.guardrails?.variable } satisfies Partial<GuardrailVariables>,
        { EGRESS_FUNCTION: props.egress?.functionName } satisfies EgressVariables,
        { PROVIDER_STATE_TABLE_ARN: props.providerState?.table.tableArn } satisfies ProviderStateVariables,
      ),
      memorySize: props.memorySize,
      // Lambda's longest.
      timeout: Duration.minutes(15),
      reservedConcurrentExecutions: props.concurrency,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    const own = Stack.of(this).region;
    (this.handler.node.defaultChild as lambda.CfnFunction).addMetadata(
      MODELS_METADATA,
      modelsMetadata(own, props.models),
    );
  }
}
