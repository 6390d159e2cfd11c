import type { CommandHelp } from '../help/command-help';
export const USAGE_HELP: CommandHelp = {
  summary: 'Show the tokens that projects, workspaces and members have used',
  usage: [['usage [TENANT...] [OPTIONS]']],
  options: [
    ['TENANT...', 'ids of projects and workspaces; default: all of --config'],
    [
      '--by tenant|member|day|model',
      'what to sum by; members appear under their pseudonym in the user pool; default: tenant',
    ],
    ['--since DAY', 'first day in UTC, such as 2026-11-01; default: 29 days before --until'],
    ['--until DAY', 'last day in UTC; default: today'],
    ['--config FILE', 'configuration that names tenants, stacks and Region; default: residency.yaml'],
    ['--region REGION', 'default: that of --config'],
    ['--format table|json', 'default: table'],
  ],
  notes: ['The command reads counts and no content. It assumes a role of each stack.'],
  examples: ['usage sciences --by member --since 2026-11-01 --until 2026-11-30'],
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
