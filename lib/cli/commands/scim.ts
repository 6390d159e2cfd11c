import type { CommandHelp } from '../help/command-help';

export const SCIM_HELP: CommandHelp = {
  summary: 'Make and revoke the SCIM tokens of a deployed workspace',
  usage: [
    ['scim create --workspace WORKSPACE [--expires PERIOD]'],
    ['scim list --workspace WORKSPACE'],
    ['scim rotate ID --workspace WORKSPACE [--overlap PERIOD] [--expires PERIOD]'],
    ['scim revoke ID --workspace WORKSPACE'],
  ],
  options: [
    ['--workspace WORKSPACE', 'id of a workspace with `scim` in residency.yaml'],
    ['--expires PERIOD', 'create, rotate: when the token ends, at most 730d; default: 365d'],
    ['--overlap PERIOD', 'rotate: how long the old secret still works; default: 24h'],
    ['--stack NAME', 'stack of the workspace; default: that of --config'],
    ['--table NAME', 'the table itself, with your own credentials or with --role'],
    ['--role ARN', 'role to assume first'],
    ['--region REGION', "default: that of --config, or the AWS SDK's"],
    [
      '--config FILE',
      'configuration that names the stack and the Region if neither --stack nor --table is given; default: residency.yaml',
    ],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'A new token is printed once, on standard output, and its secret is stored nowhere. A workspace has at most two valid tokens.',
    'A token can give every role of its workspace, so it is for the operator who runs this command and for the identity system only.',
  ],
  examples: ['scim create --workspace sciences --expires 180d'],
  exitCodes: [
    [0, 'success'],
    [2, 'nothing has changed'],
  ],
};

/** Runs `scim`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function scim(args: readonly string[]): Promise<number> {
  const { runScim } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runScim(args);
}
