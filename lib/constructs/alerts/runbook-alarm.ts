import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlertChannel } from './alert-channel';

/** Construction properties for an alarm with a runbook entry. */
export interface RunbookAlarmProps {
  /** The name of its entry in the runbook. */
  readonly entry: string;
  /** What happened, and where to look. */
  readonly text: string;
  readonly metric: cloudwatch.IMetric;
  readonly channel: AlertChannel;
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;
  /** @default 1 */
  readonly threshold?: number;
  /** @default 1 */
  readonly evaluationPeriods?: number;
  /**
   * The number of evaluated periods that raise the alarm.
   *
   * @default - all
   */
  readonly datapointsToAlarm?: number;
  /**
   * What a period without data means.
   *
   * @default NOT_BREACHING
   */
  readonly treatMissingData?: cloudwatch.TreatMissingData;
}

/** Creates an alarm that notifies the channel, and whose description names its entry in the runbook. */
export function runbookAlarm(
  scope: Construct,
  id: string,
  { entry, text, channel, ...props }: RunbookAlarmProps,
): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, id, {
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    ...props,
    alarmDescription: `${text} Runbook: '${entry}' in docs/OPERATIONS.md.`,
  });
  channel.notify(alarm);
  return alarm;
}
