import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { CheckAttributes } from '../../contract/custom-resources';
import type { CheckVariables } from '../../contract/environment';
import { checkStatements } from '../../perimeter/bedrock-control-statements';
import type { BedrockRetentionProps } from './bedrock-retention';
import { loggingPolicy } from './invocation-logging';
import { RetentionChecksTable } from './retention-checks-table';
import { SettingsFunction } from './settings-function';
import { bedrockRegions, settingsPolicy } from './settings-policy';

/** Construction properties for a DestinationCheck. */
export interface DestinationCheckProps extends Omit<BedrockRetentionProps, 'evidenceBucket' | 'evidenceKey'> {
  /** The settings that must exist before the first check. */
  readonly after: IDependable;
}

/**
 * Asks Bedrock, at each deployment and every hour, which Regions each profile routes to and what each Region retains. A
 * deployment stops if a destination is outside the boundary, undeclared logging is on, or a retention mode isn't
 * `none`. A profile that routes to other Regions inside the boundary doesn't stop it. Check results are stored for the
 * gateways, which serve projects only by recent results.
 */
export class DestinationCheck extends Construct {
  public readonly handler: lambda.IFunction;
  public readonly retentionChecks: RetentionChecksTable;

  /**
   * The differences between Bedrock and the facts that stay inside the boundary; `none` if there are none. Known only
   * at deployment.
   */
  public readonly drift: string;

  constructor(scope: Construct, id: string, props: DestinationCheckProps) {
    super(scope, id);
    const { boundary, destinations, guardrails, management } = props;
    const { partition, account, region } = Stack.of(this);
    const settings = new SettingsFunction(this, 'Provider', {
      policy: settingsPolicy(
        'check',
        boundary,
        management,
        destinations,
        guardrails,
        loggingPolicy(props.invocationLogging, region),
      ),
      description: "Reads the Regions of inference profiles and Bedrock's retention settings",
      statements: checkStatements({
        partition,
        account,
        regions: bedrockRegions(destinations, guardrails),
        destinations,
      }),
      // The table's policy names the role, so the table is created after it, and the function after both.
      environment: {
        READINGS_TABLE: Lazy.string({ produce: () => this.retentionChecks.table.tableName }),
      } satisfies CheckVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
    });
    this.handler = settings.handler;
    this.retentionChecks = new RetentionChecksTable(this, 'Readings', { writer: settings.role });
    new events.Rule(this, 'EveryHour', {
      description: "Checks Bedrock's retention settings and the Regions of profiles",
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(settings.handler, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    const resource = settings.runAtDeployment(this, 'Resource', 'Custom::DestinationCheck');
    resource.node.addDependency(settings, this.retentionChecks, props.after);
    this.drift = resource.getAttString('Drift' satisfies keyof CheckAttributes);
  }
}
