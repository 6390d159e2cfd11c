import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `usage`. */
export interface UsageCommand {
  /** Ids of projects and workspaces; all of the file if empty. */
  readonly tenants: readonly string[];
  readonly by: 'tenant' | 'group' | 'member' | 'day' | 'model' | 'label';
  /** First and last day, as `2026-11-24`. */
  readonly since: string;
  readonly until: string;
  /** The file that is named. Only `--by member` needs none. */
  readonly config?: string;
  readonly region?: string;
  /** The base URL of the workspace whose auditor asks for the use of single members. */
  readonly url?: string;
  readonly format: 'table' | 'json' | 'csv';
}

const DAY = 86_400_000;

const OPTIONS = {
  by: { type: 'string', default: 'tenant' },
  since: { type: 'string' },
  until: { type: 'string' },
  config: { type: 'string' },
  region: { type: 'string' },
  url: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Reads the command line of `usage`. */
export function readUsageCommand(args: readonly string[], now: Date): UsageCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const until = readDay('--until', values.until) ?? dayOf(now);
  const since = readDay('--since', values.since) ?? dayOf(new Date(Date.parse(until) - 29 * DAY));
  if (since > until)
    throw new UsageError(`--since: found '${since}', which is after --until, ${until}; name the earlier day first`);
  const by = oneOf('--by', values.by, ['tenant', 'group', 'member', 'day', 'model', 'label']);
  if (by === 'member' && values.url === undefined) throw new UsageError(MEMBERS_ARE_NOT_SHOWN);
  if (by !== 'member' && values.url !== undefined) {
    throw new UsageError(`--url: found with '--by ${by}'; it is for '--by member', so leave it out, or ask for that`);
  }
  const format = oneOf('--format', values.format, ['table', 'json', 'csv']);
  if (by === 'member' && format === 'csv') {
    throw new UsageError(
      "--format: found 'csv' with '--by member'; what a member used has no cost, so ask for a table or json",
    );
  }
  return {
    tenants: [...new Set(positionals)],
    by,
    since,
    until,
    config: values.config,
    region: values.region,
    url: values.url,
    format,
  };
}

/** Version 0.1.0 showed the use of single members to everyone who could take on the role. */
const MEMBERS_ARE_NOT_SHOWN =
  "--by: found 'member' without --url; by default nothing shows what a single member used, and the role of this command can't read it. " +
  "If that is needed, agree on it with those concerned, declare 'monitoring: { perMember: { reason, approver, until } }', deploy, and " +
  'let an auditor ask with --url and their token. Otherwise ask with --by group, model or tenant';

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function readDay(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && dayOf(date) === text) return text;
  throw new UsageError(`${option}: found '${text}'; allowed: a day such as 2026-11-24`);
}
