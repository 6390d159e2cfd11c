import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `usage`. */
export interface UsageCommand {
  /** Ids of projects and workspaces; all of the file if empty. */
  readonly tenants: readonly string[];
  readonly by: 'tenant' | 'member' | 'day' | 'model';
  /** First and last day, as `2026-11-24`. */
  readonly since: string;
  readonly until: string;
  readonly config: string;
  readonly region?: string;
  readonly format: 'table' | 'json';
}

const DAY = 86_400_000;

const OPTIONS = {
  by: { type: 'string', default: 'tenant' },
  since: { type: 'string' },
  until: { type: 'string' },
  config: { type: 'string', default: 'residency.yaml' },
  region: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Reads the command line of `usage`. */
export function readUsageCommand(args: readonly string[], now: Date): UsageCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const until = readDay('--until', values.until) ?? dayOf(now);
  const since = readDay('--since', values.since) ?? dayOf(new Date(Date.parse(until) - 29 * DAY));
  if (since > until)
    throw new UsageError(`--since: found '${since}', which is after --until, ${until}; name the earlier day first`);
  return {
    tenants: [...new Set(positionals)],
    by: oneOf('--by', values.by, ['tenant', 'member', 'day', 'model']),
    since,
    until,
    config: values.config,
    region: values.region,
    format: oneOf('--format', values.format, ['table', 'json']),
  };
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function readDay(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && dayOf(date) === text) return text;
  throw new UsageError(`${option}: found '${text}'; allowed: a day such as 2026-11-24`);
}
