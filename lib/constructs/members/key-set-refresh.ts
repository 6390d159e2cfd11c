import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { CustomResource, Duration, Lazy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { KeySetsVariables } from '../../contract/environment';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';
import { OutsideFunction } from '../functions/outside-function';
import { KeySetsTable } from './key-sets-table';

/** Construction properties for a KeySetRefresh. */
export interface KeySetRefreshProps {
  readonly boundary: ResidencyBoundary;
  readonly userPool: cognito.IUserPool;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/** The keys are refreshed every hour, and members are rejected once they are a day old. */
const SILENT_HOURS = 3;

/**
 * Reads the public keys of a user pool at each deployment and every hour, and stores them where a gateway can read
 * them, because the gateway's network can't reach Cognito. Constructs that depend on it are deployed after the keys are
 * stored.
 */
export class KeySetRefresh extends Construct {
  public readonly table: KeySetsTable;

  private readonly handler: lambda.IFunction;

  constructor(scope: Construct, id: string, props: KeySetRefreshProps) {
    super(scope, id);
    const { boundary, userPool } = props;
    const timeout = Duration.minutes(1);
    const { handler, role } = new OutsideFunction(this, 'Refresh', {
      bundle: 'key-sets',
      policy: { boundary: boundary.name },
      description: "Reads the public keys that verify members' tokens",
      environment: {
        USER_POOL_ID: userPool.userPoolId,
        // The table's policy names the role, so the table is created after it, and the function after both.
        KEY_SETS_TABLE: Lazy.string({ produce: () => this.table.table.tableName }),
      } satisfies KeySetsVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
      timeout,
    });
    this.table = new KeySetsTable(this, 'KeySets', { writer: role });
    new events.Rule(this, 'EveryHour', {
      description: "Reads the user pool's public keys",
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(handler, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::KeySet',
      serviceToken: handler.functionArn,
      serviceTimeout: timeout.plus(Duration.minutes(1)),
      properties: { UserPool: userPool.userPoolId },
    });
    resource.node.addDependency(handler, role, this.table);
    this.handler = handler;
  }

  /** Grants reading the keys. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantRead(grantee);
  }

  /** Raises an alarm if the keys aren't refreshed. It isn't a part of this construct, so that no function waits for it. */
  public alarmIn(scope: Construct, id: string, channel: AlertChannel): void {
    const alarm = runbookAlarm(scope, id, {
      entry: 'KeySetsStale',
      text: `The public keys that verify members' tokens haven't been refreshed for ${SILENT_HOURS} hours. See the log of function ${this.handler.functionName}.`,
      metric: this.handler.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
      evaluationPeriods: SILENT_HOURS,
      // A function that doesn't run reports no errors either.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      channel,
    });
    // The first refresh is the first value.
    alarm.node.addDependency(this);
  }
}
