import { parseArgs } from 'node:util';
import { columns } from '../../report/columns';
import { adminToken, askAdmin, type Shown, workspaceUrl } from '../administration/admin-request';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

export const RECORDS_USAGE = `eu-residency records --url URL         what was asked and done in a workspace, without content
    --url URL                     the workspace's base URL
    --of requests|acts|rights     requests of members, what administrators and auditors did, what was done for rights of users;
                                  default: requests
    --since TIME, --until TIME    in UTC, such as 2026-11-27T08:00:00Z, or a day; default: the last day
    --member ID                   by or about one member: the 'sub' of their tokens
    --format table|json           json: one record a line; default: table
  EU_RESIDENCY_TOKEN              the token of an auditor of the workspace
  exit code 0: told; 2: refused`;

const OPTIONS = {
  url: { type: 'string' },
  of: { type: 'string', default: 'requests' },
  since: { type: 'string' },
  until: { type: 'string' },
  member: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Runs `records`; the exit code. */
export async function records(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const url = workspaceUrl(values.url);
  const format = oneOf('--format', values.format, ['table', 'json']);
  const asked = new URLSearchParams({ of: oneOf('--of', values.of, ['requests', 'acts', 'rights']), limit: '1000' });
  for (const name of ['since', 'until'] as const) {
    const time = timeOf(`--${name}`, values[name]);
    if (time !== undefined) asked.set(name, time);
  }
  if (values.member !== undefined) asked.set('member', values.member);
  // Pages are of one question, so its end may not move on.
  if (!asked.has('until')) asked.set('until', new Date().toISOString());
  const token = adminToken('an auditor');
  const found: Shown[] = [];
  for (let next: unknown; next !== null; ) {
    const page = await askAdmin(url, { method: 'GET', path: `records?${asked}` }, token);
    found.push(...(page.data as Shown[]));
    next = page.next ?? null;
    asked.set('after', `${next}`);
  }
  if (format === 'json') for (const record of found) console.log(JSON.stringify(record));
  else console.log(found.length === 0 ? 'none' : table(found));
  return 0;
}

function timeOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(text) && !Number.isNaN(time.getTime())) return time.toISOString();
  throw new UsageError(
    `${option}: found '${text}'; allowed: a time such as 2026-11-27T08:00:00Z, or a day such as 2026-11-27`,
  );
}

function table(found: readonly Shown[]): string {
  const rows = found.map(({ time, member, act, about, model, destination, sourceRegion, outcome, reason }) => [
    `${time}`,
    `${member ?? '-'}`,
    `${act ?? model ?? '-'}`,
    `${about ?? (destination === undefined ? '-' : `${destination} in ${sourceRegion}`)}`,
    `${outcome}${reason === undefined ? '' : `, ${reason}`}`,
  ]);
  return columns([['time', 'by', 'what', 'about or destination', 'outcome'], ...rows]).join('\n');
}
