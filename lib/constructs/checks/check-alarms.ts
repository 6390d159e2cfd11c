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
  /** The first check, before which there is no result. */
  readonly after: IDependable;
  readonly channel: AlertChannel;
  /** Whether the deployment decides by a facts release, which grows old. */
  readonly hasRelease: boolean;
}

interface CheckAlarm {
  readonly metricName: CheckMetric;
  /** The finding, and what to do. */
  readonly text: string;
}

/** The findings of a check that raise an alarm. */
const FINDINGS: Readonly<Record<string, CheckAlarm>> = {
  RetentionDrift: {
    metricName: 'retentionDrift',
    text: "Bedrock's retention mode isn't none in a Region that may process requests, so destinations that may use this Region serve no project.",
  },
  LoggingOn: {
    metricName: 'loggingOn',
    text: 'Model invocation logging writes prompts and answers to an undeclared location. Switch it off, or ask the operator who switched it on to do so.',
  },
  DestinationOutside: {
    metricName: 'destinationsOutside',
    text: 'According to Bedrock, a destination may be processed outside the boundary. Remove the destination and deploy again.',
  },
  ModelLegacy: {
    metricName: 'modelsLegacy',
    text: 'A configured model is closed to new customers, or ends within 120 days. Name a newer one in residency.yaml and deploy again.',
  },
  ModelEnded: {
    metricName: 'modelsEnded',
    text: 'A configured model is no longer served. Name another one in residency.yaml and deploy again.',
  },
  LifecycleUnread: {
    metricName: 'lifecyclesUnread',
    text: "The check can't read how long a model is served, so its end may go unnoticed.",
  },
  AdmittedExpiring: {
    metricName: 'admittedExpiring',
    text: 'A row that admits a model or profile expires within 14 days. Have it admitted again and deploy, or remove the destination.',
  },
  AdmittedExpired: {
    metricName: 'admittedExpired',
    text: 'A row that admits a model or profile has expired, so no gateway uses the destination. Have it admitted again and deploy, or remove it.',
  },
  CheckFailed: {
    metricName: 'checksFailed',
    text: "A Region or profile couldn't be checked. Once its last check result is too old, it serves no project.",
  },
};

/** The finding of a deployment that decides by a facts release. */
const RELEASE_FINDING: Readonly<Record<string, CheckAlarm>> = {
  FactsOld: {
    metricName: 'factsOld',
    text: "The facts release is due for renewal, or has expired. Its rows keep deciding, but may be out of date. Accept a newer one with 'eu-residency facts update', and deploy again.",
  },
};

/** The check runs every hour. After three silent hours it no longer runs. */
const SILENT_HOURS = 3;

/**
 * Alarms on findings of the check of Bedrock's settings, and on missing checks. They hold names and counts, and no
 * content.
 */
export class CheckAlarms extends Construct {
  constructor(scope: Construct, id: string, { check, after, channel, hasRelease }: CheckAlarmsProps) {
    super(scope, id);
    const details = `See the log of function ${check.functionName} for the place and the fix.`;
    const metric = (metricName: CheckMetric, period: Duration, statistic: string) =>
      new cloudwatch.Metric({
        namespace: CHECKS_NAMESPACE,
        metricName,
        dimensionsMap: { function: check.functionName } satisfies CheckDimensions,
        period,
        statistic,
      });
    const alarms = Object.entries({ ...FINDINGS, ...(hasRelease && RELEASE_FINDING) }).map(
      ([name, { metricName, text }]) =>
        new cloudwatch.Alarm(this, name, {
          alarmDescription: `${text} ${details}`,
          metric: metric(metricName, Duration.minutes(5), 'Maximum'),
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          threshold: 1,
          evaluationPeriods: 1,
          // Between two checks the last result applies.
          treatMissingData: cloudwatch.TreatMissingData.IGNORE,
        }),
    );
    alarms.push(
      new cloudwatch.Alarm(this, 'CheckSilent', {
        alarmDescription: `The check of Bedrock's retention hasn't run for ${SILENT_HOURS} hours, so changes go unnoticed. ${details}`,
        metric: metric('checksRun', Duration.hours(1), 'Sum'),
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        threshold: 1,
        evaluationPeriods: SILENT_HOURS,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      }),
    );
    for (const alarm of alarms) {
      alarm.node.addDependency(after);
      channel.notify(alarm);
    }
  }
}
