import { LEDGER_NAMESPACE, type LedgerDimensions, type LedgerMetric } from '../../contract/metrics';

/** What a run counts. A count that is left out is 0. */
export type LedgerCounts = Readonly<Partial<Record<LedgerMetric, number>>>;

const DIMENSION = 'function' satisfies keyof LedgerDimensions;

/** The log line of an hour, or of a failed run, from which CloudWatch extracts the counts. It has no value of a record. */
export const ledgerLine = (counts: LedgerCounts, details: object, functionName: string, now: Date): object => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: LEDGER_NAMESPACE,
        Dimensions: [[DIMENSION]],
        Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  },
  event: 'ledger',
  [DIMENSION]: functionName,
  ...counts,
  ...details,
});
