import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AlertChannel } from '../alerts/alert-channel';

/** Construction properties for RightsAlarms. */
export interface RightsAlarmsProps {
  readonly workspaceId: string;
  readonly stateMachineArn: string;
  /** The function that has jobs go on. */
  readonly tend: lambda.IFunction;
  readonly channel: AlertChannel;
}

/** Alarms on jobs of rights that don't come to their end. They hold names and counts alone. */
export class RightsAlarms extends Construct {
  constructor(scope: Construct, id: string, { workspaceId, stateMachineArn, tend, channel }: RightsAlarmsProps) {
    super(scope, id);
    const metrics = {
      JobFailed: {
        text:
          `A job of the rights of users of workspace ${workspaceId} doesn't go on. Its execution in the state machine says at which ` +
          'step and why; it is tried again every hour.',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/States',
          metricName: 'ExecutionsFailed',
          dimensionsMap: { StateMachineArn: stateMachineArn },
          period: Duration.minutes(5),
          statistic: 'Sum',
        }),
      },
      TendingFailed: {
        text:
          `Jobs of workspace ${workspaceId} that stopped aren't begun again, because the function that does so fails. The log of ` +
          `function ${tend.functionName} says why.`,
        metric: tend.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
      },
    };
    for (const [name, { text, metric }] of Object.entries(metrics)) {
      const alarm = new cloudwatch.Alarm(this, name, {
        alarmDescription: text,
        metric,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        threshold: 1,
        evaluationPeriods: 1,
        // Nothing runs most of the time.
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      channel.tell(alarm);
    }
  }
}
