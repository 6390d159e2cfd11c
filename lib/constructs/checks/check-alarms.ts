import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { CHECKS_NAMESPACE, type CheckDimensions, type CheckMetric } from '../../contract/metrics';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';
import { ADMITTED_FINDINGS, FINDINGS, RELEASE_FINDING } from './check-findings';

/** Construction properties for CheckAlarms. */
export interface CheckAlarmsProps {
  /** The function that checks every hour. */
  readonly check: lambda.IFunction;
  /** The first check, before which there is no result. */
  readonly after: IDependable;
  readonly channel: AlertChannel;
  /** Whether the deployment decides by a facts release, which grows old. */
  readonly hasRelease: boolean;
  /** Whether the owner admitted a destination: without one, its alarms can't go off. */
  readonly hasAdmitted: boolean;
}

/** The check runs every hour. After three silent hours it no longer runs. */
const SILENT_HOURS = 3;

/**
 * Alarms on findings of the check of Bedrock's settings, and on missing checks. They hold names and counts, and no
 * content.
 */
export class CheckAlarms extends Construct {
  constructor(scope: Construct, id: string, { check, after, channel, hasRelease, hasAdmitted }: CheckAlarmsProps) {
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
    const findings = { ...FINDINGS, ...(hasRelease && RELEASE_FINDING), ...(hasAdmitted && ADMITTED_FINDINGS) };
    const alarms = Object.entries(findings).map(([name, { metricName, text }]) =>
      runbookAlarm(this, name, {
        entry: name,
        text: `${text} ${details}`,
        metric: metric(metricName, Duration.minutes(5), 'Maximum'),
        // Between two checks the last result applies.
        treatMissingData: cloudwatch.TreatMissingData.IGNORE,
        channel,
      }),
    );
    alarms.push(
      runbookAlarm(this, 'CheckSilent', {
        entry: 'CheckSilent',
        text: `The check of Bedrock's retention hasn't run for ${SILENT_HOURS} hours, so changes go unnoticed. ${details}`,
        metric: metric('checksRun', Duration.hours(1), 'Sum'),
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: SILENT_HOURS,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        channel,
      }),
    );
    for (const alarm of alarms) alarm.node.addDependency(after);
  }
}
