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
  /** Whether the owner admitted a destination: without one, its alarms can't go off. */
  readonly hasAdmitted: boolean;
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
  CheckFailed: {
    metricName: 'checksFailed',
    text: "A Region or profile couldn't be checked. Once its last check result is too old, it serves no project.",
  },
};

/** The findings about rows that the owner admitted. */
const ADMITTED_FINDINGS: typeof FINDINGS = {
  AdmittedDiffers: {
    metricName: 'admittedDiffer',
    text: "Bedrock's answer about an admitted profile differs from its row in residency-admitted.yaml. Admit it again, or remove it, and deploy again: deployments are refused until then.",
  },
  AdmittedExpired: {
    metricName: 'admittedExpired',
    text: 'A row in residency-admitted.yaml has expired, so gateways refuse its model. Admit it again, or remove it, and deploy again.',
  },
};

/** The check runs every hour. After three silent hours it no longer runs. */
const SILENT_HOURS = 3;

/**
 * Alarms on findings of the check of Bedrock's settings, and on missing checks. They hold names and counts, and no
 * content.
 */
export class CheckAlarms extends Construct {
  constructor(scope: Construct, id: string, { check, after, channel, hasAdmitted }: CheckAlarmsProps) {
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
    const alarms = Object.entries({ ...FINDINGS, ...(hasAdmitted && ADMITTED_FINDINGS) }).map(
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
