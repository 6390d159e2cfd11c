import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { GATEWAY_DIMENSIONS, GATEWAY_NAMESPACE, NOTICES } from '../../contract/metrics';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';

/** Construction properties for RightsAlarms. */
export interface RightsAlarmsProps {
  readonly workspaceId: string;
  readonly stateMachineArn: string;
  /** The function that resumes stalled jobs. */
  readonly resumer: lambda.IFunction;
  readonly channel: AlertChannel;
}

/** Alarms on rights jobs that don't finish, and on those that can be cancelled. They hold names and counts only. */
export class RightsAlarms extends Construct {
  constructor(scope: Construct, id: string, { workspaceId, stateMachineArn, resumer, channel }: RightsAlarmsProps) {
    super(scope, id);
    const metrics = {
      JobFailed: {
        text:
          `A rights job of workspace ${workspaceId} has stalled. Its execution in the state machine shows the step and the reason. ` +
          'The job is retried every hour.',
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
          `Stalled jobs of workspace ${workspaceId} aren't resumed because the function that resumes them fails. See the log of ` +
          `function ${resumer.functionName} for the reason.`,
        metric: resumer.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
      },
      RightsNotice: {
        text:
          `An administrator of workspace ${workspaceId} requested a hand-over of a user's export, the erasure of another person's ` +
          'content, or the closure of the workspace. Every other administrator can cancel it, and a user what concerns them.',
        metric: new cloudwatch.Metric({
          namespace: GATEWAY_NAMESPACE,
          metricName: NOTICES,
          dimensionsMap: { [GATEWAY_DIMENSIONS.tenant[0]]: workspaceId },
          period: Duration.minutes(5),
          statistic: 'Sum',
        }),
      },
    };
    for (const [name, { text, metric }] of Object.entries(metrics)) {
      runbookAlarm(this, name, { entry: name, text, metric, channel });
    }
  }
}
