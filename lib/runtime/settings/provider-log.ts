import { CHECKS_NAMESPACE, type CheckDimensions, type CheckMetric } from '../../contract/metrics';
import type { CheckFinding, FindingKind } from './check';

const RUNS = 'checksRun' satisfies CheckMetric;
const DIMENSION = 'function' satisfies keyof CheckDimensions;

const METRICS = {
  'retention-drift': 'retentionDrift',
  'logging-on': 'loggingOn',
  'destination-outside': 'destinationsOutside',
  'destination-drift': 'destinationsDrifted',
  unusable: 'regionsUnusable',
  'check-failed': 'checksFailed',
} as const satisfies Record<FindingKind, CheckMetric>;

/** All that a check logs: CloudWatch reads the counts out of the line by its `_aws`, the embedded metric format. */
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

/** Past `console`, which Lambda would wrap into a line of its own, so that no metric could be read out of it. */
export function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
