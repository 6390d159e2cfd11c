import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LEDGER_NAMESPACE, type LedgerDimensions, type LedgerMetric } from '../../contract/metrics';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';

/** Construction properties for LedgerAlarms. */
export interface LedgerAlarmsProps {
  readonly handler: lambda.IFunction;
  readonly channel: AlertChannel;
}

/** An hour is closed every hour. After three silent hours, records may be deleted from the logs before they are in the ledger. */
const SILENT_HOURS = 3;

const FINDINGS: Readonly<Record<string, { readonly metricName: LedgerMetric; readonly text: string }>> = {
  LedgerGap: {
    metricName: 'recordGaps',
    text: "Records of requests are missing from a gateway's log: a function ended before it wrote them, or they arrived more than an hour late.",
  },
  LedgerRefused: {
    metricName: 'recordsRefused',
    text: "Lines in a gateway's log aren't valid records, or two have one number. They aren't in the ledger.",
  },
  LedgerInconsistent: {
    metricName: 'ledgerForks',
    text: 'The ledger in the evidence bucket was overwritten or hidden, or differs from its checkpoint or the logs. If the log has `stopped`, no hour is closed.',
  },
};

/** Alarms on hours that aren't closed, and on what a closed hour lacks. They hold names and counts only. */
export class LedgerAlarms extends Construct {
  constructor(scope: Construct, id: string, { handler, channel }: LedgerAlarmsProps) {
    super(scope, id);
    const details = `See the log of function ${handler.functionName}.`;
    const metric = (metricName: LedgerMetric) =>
      new cloudwatch.Metric({
        namespace: LEDGER_NAMESPACE,
        metricName,
        dimensionsMap: { function: handler.functionName } satisfies LedgerDimensions,
        period: Duration.hours(1),
        statistic: 'Sum',
      });
    for (const [entry, { metricName, text }] of Object.entries(FINDINGS)) {
      runbookAlarm(this, entry, { entry, text: `${text} ${details}`, metric: metric(metricName), channel });
    }
    runbookAlarm(this, 'LedgerSilent', {
      entry: 'LedgerSilent',
      text: `The ledger of requests hasn't closed an hour for ${SILENT_HOURS} hours. ${details}`,
      metric: metric('hoursClosed'),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: SILENT_HOURS,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      channel,
    });
  }
}
