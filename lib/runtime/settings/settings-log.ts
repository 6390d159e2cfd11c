import { CHECKS_NAMESPACE, type CheckDimensions, type CheckMetric } from '../../contract/metrics';
import type { CheckFinding, FindingKind } from './finding';

const RUNS = 'checksRun' satisfies CheckMetric;
const DIMENSION = 'function' satisfies keyof CheckDimensions;

const METRICS = {
  'retention-drift': 'retentionDrift',
  'logging-on': 'loggingOn',
  'destination-outside': 'destinationsOutside',
  'destination-drift': 'destinationsDrifted',
  'admitted-differs': 'admittedDiffer',
  'admitted-expired': 'admittedExpired',
  unusable: 'regionsUnusable',
  'model-legacy': 'modelsLegacy',
  'model-ended': 'modelsEnded',
  'lifecycle-unread': 'lifecyclesUnread',
  'admitted-expiring': 'admittedExpiring',
  'check-failed': 'checksFailed',
  'facts-old': 'factsOld',
} as const satisfies Record<FindingKind, CheckMetric>;

/** The log line of a check. CloudWatch extracts the counts from its `_aws` field, the embedded metric format. */
export function checkLine(findings: readonly CheckFinding[], functionName: string, now: Date): object {
  const counts = Object.fromEntries(
    Object.entries(METRICS).map(([kind, name]) => [name, findings.filter((finding) => finding.kind === kind).length]),
  );
  return {
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: CHECKS_NAMESPACE,
          Dimensions: [[DIMENSION]],
          Metrics: [RUNS, ...Object.values(METRICS)].map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    event: 'check',
    [DIMENSION]: functionName,
    [RUNS]: 1,
    ...counts,
    findings: findings.map(({ kind, region, profile, text }) => ({ kind, region, profile, text })),
  };
}

/** Doesn't use `console`: Lambda would wrap the line in one of its own, from which no metric could be extracted. */
export function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
