import type { CommandHelp } from '../help/command-help';
export const KEYS_HELP: CommandHelp = {
  summary: 'Create, list, rotate and revoke the API keys of a deployed project',
  usage: [
    ['keys create --project PROJECT [--label TEXT] [--expires PERIOD]'],
    ['keys list --project PROJECT'],
    ['keys rotate ID --project PROJECT [--overlap PERIOD] [--expires PERIOD]'],
    ['keys revoke ID --project PROJECT'],
  ],
  options: [
    ['--project PROJECT', 'id of the project in residency.yaml, or of an open project'],
    ['--label TEXT', 'create: name of the key for people'],
    ['--expires PERIOD', 'create, rotate: when the key ends, such as 90d; default: never, or the end it already has'],
    ['--overlap PERIOD', 'rotate: how long the old secret still works; default: 24h'],
    ['--stack NAME', 'stack of the projects; default: that of --config'],
    ['--table NAME', 'the table itself, with your own credentials or with --role'],
    ['--role ARN', 'role to assume first'],
    ['--region REGION', "default: that of --config, or the AWS SDK's"],
    [
      '--config FILE',
      'configuration that names the stack and the Region if neither --stack nor --table is given; default: residency.yaml',
    ],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: ['A new key is printed once, on standard output, and its secret is stored nowhere.'],
  examples: ['keys create --project helpdesk-bot --expires 90d'],
  exitCodes: [
    [0, 'success'],
    [2, 'nothing has changed'],
  ],
};

/** Runs `keys`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function keys(args: readonly string[]): Promise<number> {
  const { runKeys } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runKeys(args);
}
