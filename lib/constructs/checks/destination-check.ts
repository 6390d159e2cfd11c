import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import type { CheckAttributes } from '../../contract/custom-resources';
import type { CheckVariables } from '../../contract/environment';
import { checkStatements } from '../../perimeter/bedrock-control-statements';
import type { RetentionManagement } from './bedrock-retention';
import { type InvocationLogging, loggingPolicy } from './invocation-logging';
import { ProviderFunction } from './provider-function';
import { bedrockRegions, providerPolicy } from './provider-policy';
import { ReadingsTable } from './readings-table';

/** Construction properties for a DestinationCheck. */
export interface DestinationCheckProps {
  readonly boundary: ResidencyBoundary;
  readonly destinations: readonly Destination[];
  readonly management: RetentionManagement;
  readonly invocationLogging?: InvocationLogging;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  /** What must be set before the first check. */
  readonly after: IDependable;
}

/**
 * Asks Bedrock itself, at each deployment and every hour, where each profile leads and what is kept in each Region. A
 * destination outside, logging that is on, or another mode than `none` stops a deployment; a profile that leads elsewhere
 * inside doesn't. What was read is kept for the gateways, which serve projects by it.
 */
export class DestinationCheck extends Construct {
  public readonly handler: lambda.IFunction;
  public readonly readings: ReadingsTable;

  /** How Bedrock differs from the facts without leaving the boundary; `none` when it doesn't. A value of the deployment. */
  public readonly drift: string;

  constructor(scope: Construct, id: string, props: DestinationCheckProps) {
    super(scope, id);
    const { boundary, destinations, management } = props;
    const { partition, account, region } = Stack.of(this);
    const provider = new ProviderFunction(this, 'Provider', {
      policy: providerPolicy(
        'check',
        boundary,
        management,
        destinations,
        loggingPolicy(props.invocationLogging, region),
      ),
      description: 'Reads where inference profiles lead and what Bedrock keeps',
      statements: checkStatements({ partition, account, regions: bedrockRegions(destinations), destinations }),
      // The table's policy names the role, so the table comes after it, and the function after both.
      environment: {
        READINGS_TABLE: Lazy.string({ produce: () => this.readings.table.tableName }),
      } satisfies CheckVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
    });
    this.handler = provider.handler;
    this.readings = new ReadingsTable(this, 'Readings', { writer: provider.role });
    new events.Rule(this, 'EveryHour', {
      description: 'Checks what Bedrock keeps and where profiles lead',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(provider.handler, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    const resource = provider.runAtDeployment(this, 'Resource', 'Custom::DestinationCheck');
    resource.node.addDependency(provider, this.readings, props.after);
    this.drift = resource.getAttString('Drift' satisfies keyof CheckAttributes);
  }
}
