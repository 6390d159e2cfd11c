import { LEDGER_METRICS, LEDGER_NAMESPACE, type LedgerDimensions, type LedgerMetric } from '../../contract/metrics';

/** What a run counts. */
export type LedgerCounts = Readonly<Partial<Record<LedgerMetric, number>>>;

const DIMENSION = 'function' satisfies keyof LedgerDimensions;

/**
 * The log line of an hour, or of a failed run, from which CloudWatch extracts the counts. It has no value of a record. A count of 0 isn't
 * sent, because CloudWatch bills a metric for the hours in which it is.
 */
export const ledgerLine = (counts: LedgerCounts, details: object, functionName: string, now: Date): object => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: LEDGER_NAMESPACE,
        Dimensions: [[DIMENSION]],
        Metrics: LEDGER_METRICS.filter((name) => counts[name]).map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  },
  event: 'ledger',
  [DIMENSION]: functionName,
  ...counts,
  ...details,
});
