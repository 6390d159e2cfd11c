import type { CommandHelp } from '../help/command-help';
export const USAGE_HELP: CommandHelp = {
  summary: 'Show the tokens that projects and workspaces have used',
  usage: [['usage [TENANT...] [OPTIONS]']],
  options: [
    ['TENANT...', 'ids of projects and workspaces; default: all of --config'],
    [
      '--by tenant|group|model|day|label|member',
      'what to sum by; groups are those of workspaces, days and labels (of keys) those of projects; default: tenant',
    ],
    ['--since DAY', 'first day in UTC, such as 2026-11-01; default: 29 days before --until'],
    ['--until DAY', 'last day in UTC; default: today'],
    [
      '--config FILE',
      'configuration that names tenants, stacks and Region; default: residency.yaml, or none with --by member',
    ],
    ['--region REGION', 'default: that of --config'],
    [
      '--url URL',
      "with --by member: the workspace's base URL; only auditors are answered, and only if 'monitoring' declares it",
    ],
    ['--format table|json|csv', 'csv: with tokens by kind and destination, and their cost; default: table'],
  ],
  environment: [['EU_RESIDENCY_TOKEN', 'with --by member: ID token of an auditor of the workspace']],
  notes: [
    'The command reads counts and no content. It assumes a role of each stack, which can read of workspaces only what is shown.',
    "The costs are at the facts' present prices, in the form of 'cost --format csv'. What is unknown says so.",
    'A workspace is shown by whole months, and only where enough members used something together.',
  ],
  examples: ['usage sciences --by group --since 2026-11-01 --until 2026-11-30'],
  exitCodes: [
    [0, 'success'],
    [2, 'failure'],
  ],
};

/** Runs `usage`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function usage(args: readonly string[]): Promise<number> {
  const { runUsage } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runUsage(args);
}
