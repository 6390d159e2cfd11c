import type { CheckFinding, FindingKind } from './check';

const METRICS = {
  'retention-drift': 'retentionDrift',
  'logging-on': 'loggingOn',
  'destination-outside': 'destinationsOutside',
  'destination-drift': 'destinationsDrifted',
  unusable: 'regionsUnusable',
  'check-failed': 'checksFailed',
} as const satisfies Record<FindingKind, string>;

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
          Namespace: 'EuResidency/Checks',
          Dimensions: [['function']],
          Metrics: ['checksRun', ...Object.values(METRICS)].map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    event: 'check',
    function: functionName,
    checksRun: 1,
    ...counts,
    findings: findings.map(({ kind, region, profile, text }) => ({ kind, region, profile, text })),
  };
}

/** Past `console`, which Lambda would wrap into a line of its own, so that no metric could be read out of it. */
export function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
