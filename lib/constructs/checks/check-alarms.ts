import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { CHECKS_NAMESPACE, type CheckDimensions, type CheckMetric } from '../../contract/metrics';
import type { AlertChannel } from '../alerts/alert-channel';

/** Construction properties for CheckAlarms. */
export interface CheckAlarmsProps {
  /** The function that checks every hour. */
  readonly check: lambda.IFunction;
  /** The first check, without which nothing is known. */
  readonly after: IDependable;
  readonly channel: AlertChannel;
}

interface CheckAlarm {
  readonly metricName: CheckMetric;
  /** What has happened, and what to do. */
  readonly text: string;
}

/** What a check may find that somebody must be told of. */
const FOUND: Readonly<Record<string, CheckAlarm>> = {
  RetentionDrift: {
    metricName: 'retentionDrift',
    text: "Bedrock's retention mode isn't none in a Region that may process requests, so no project is served from what may reach it.",
  },
  LoggingOn: {
    metricName: 'loggingOn',
    text: 'Model invocation logging writes prompts and answers somewhere that was not declared. Whoever switched it on must switch it off.',
  },
  DestinationOutside: {
    metricName: 'destinationsOutside',
    text: 'Bedrock itself says that a destination may be processed outside the boundary. Take it out and deploy again.',
  },
  CheckFailed: {
    metricName: 'checksFailed',
    text: "A Region or profile couldn't be read. What was read of it last grows old, and then no project is served by it.",
  },
};

/** A check of which nothing was heard in three hours doesn't run any more: it runs every hour. */
const SILENT_HOURS = 3;

/** Alarms on what the check of Bedrock's settings finds, and on its silence. They hold names and counts, no content. */
export class CheckAlarms extends Construct {
  constructor(scope: Construct, id: string, { check, after, channel }: CheckAlarmsProps) {
    super(scope, id);
    const where = `The log of function ${check.functionName} says where and what to do.`;
    const metric = (metricName: CheckMetric, period: Duration, statistic: string) =>
      new cloudwatch.Metric({
        namespace: CHECKS_NAMESPACE,
        metricName,
        dimensionsMap: { function: check.functionName } satisfies CheckDimensions,
        period,
        statistic,
      });
    const alarms = Object.entries(FOUND).map(
      ([name, { metricName, text }]) =>
        new cloudwatch.Alarm(this, name, {
          alarmDescription: `${text} ${where}`,
          metric: metric(metricName, Duration.minutes(5), 'Maximum'),
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          threshold: 1,
          evaluationPeriods: 1,
          // Between two checks nothing is new: what was found last holds.
          treatMissingData: cloudwatch.TreatMissingData.IGNORE,
        }),
    );
    alarms.push(
      new cloudwatch.Alarm(this, 'CheckSilent', {
        alarmDescription: `The check of what Bedrock keeps hasn't run for ${SILENT_HOURS} hours, so nothing would be noticed. ${where}`,
        metric: metric('checksRun', Duration.hours(1), 'Sum'),
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        threshold: 1,
        evaluationPeriods: SILENT_HOURS,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      }),
    );
    for (const alarm of alarms) {
      alarm.node.addDependency(after);
      channel.tell(alarm);
    }
  }
}
