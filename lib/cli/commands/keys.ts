import type { CommandHelp } from '../help/command-help';
import { runOwnKeys } from '../keys/own-keys';

export const KEYS_HELP: CommandHelp = {
  summary: 'Manage API keys of a project, or your own of a workspace',
  usage: [
    ['keys create --project PROJECT [--label TEXT] [--expires PERIOD] [--tokens-per-month N] [--usd-per-month AMOUNT]'],
    ['keys list --project PROJECT'],
    ['keys rotate ID --project PROJECT [--overlap PERIOD] [--expires PERIOD]'],
    ['keys revoke ID --project PROJECT'],
    [
      'keys create --own --name NAME --url URL [--expires PERIOD] [--model MODEL] [--course COURSE] [--requests-per-minute N] [--tokens-per-day N] [--tokens-per-month N] [--usd-per-month AMOUNT]',
    ],
    ['keys list --own --url URL'],
    ['keys revoke ID --own --url URL'],
  ],
  options: [
    ['--project PROJECT', 'id of the project in residency.yaml, or of an open project'],
    [
      '--label TEXT',
      "create: name of a customer, by which 'usage --by label' splits use; several keys can share it; not a person's name",
    ],
    ['--tokens-per-month N', "create: the key's own budget of tokens per calendar month (UTC); default: the project's"],
    ['--usd-per-month AMOUNT', "create: the same in US dollars; only where 'residency.yaml' has a budget in money"],
    [
      '--expires PERIOD',
      'create, rotate: when the key ends, such as 90d; default: never, or the end it already has; with --own: 90d, at most 365d',
    ],
    ['--overlap PERIOD', 'rotate: how long the old secret still works; default: 24h'],
    ['--stack NAME', 'stack of the projects; default: that of --config'],
    ['--table NAME', 'the table itself, with your own credentials or with --role'],
    ['--role ARN', 'role to assume first'],
    ['--region REGION', "default: that of --config, or the AWS SDK's"],
    [
      '--config FILE',
      'configuration that names the stack and the Region if neither --stack nor --table is given; default: residency.yaml',
    ],
    ['--own', 'your own keys as a member of a workspace, instead of those of a project'],
    ['--url URL', 'with --own: base URL of the workspace'],
    ['--name NAME', 'create --own: name of the key, which only you see'],
    ['--model MODEL', 'create --own: the only model that the key may use; repeat it for several; default: all'],
    ['--requests-per-minute N', 'create --own: maximum requests per minute with the key; default: your own limit'],
    ['--tokens-per-day N', 'create --own: maximum tokens per day (UTC) with the key; default: your own limit'],
    ['--tokens-per-month N', 'create --own: maximum tokens per calendar month (UTC) with the key; default: none'],
    [
      '--usd-per-month AMOUNT',
      'create --own: maximum cost in US dollars per calendar month with the key; default: none',
    ],
    ['--course COURSE', 'create --own: the course that the key charges; you must be in it; default: none'],
    ['--format pretty|json', 'default: pretty'],
  ],
  environment: [['EU_RESIDENCY_TOKEN', 'with --own: your ID token of the workspace']],
  notes: [
    'A new key is printed once, on standard output, and its secret is stored nowhere.',
    'A key of your own works at URL/key/v1 while you sign in from time to time.',
  ],
  examples: ['keys create --project helpdesk-bot --expires 90d', 'keys create --own --name notebook --url $URL'],
  exitCodes: [
    [0, 'success'],
    [2, 'nothing has changed'],
  ],
};

/** Runs `keys`; the exit code. The keys of projects need the AWS SDK, which is loaded only when it is asked for. */
export function keys(args: readonly string[]): Promise<number> {
  if (args.includes('--own')) return runOwnKeys(args);
  const { runKeys } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runKeys(args);
}
