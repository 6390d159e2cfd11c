import { parseArgs } from 'node:util';
import { columns } from '../../report/columns';
import { adminToken, askAdmin, type Shown, workspaceUrl } from '../administration/admin-request';
import type { CommandHelp } from '../help/command-help';
import { oneOf } from '../shared/one-of';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

export const RECORDS_HELP: CommandHelp = {
  summary: "Show a workspace's records of requests and acts, without content",
  usage: [['records --url URL [OPTIONS]']],
  options: [
    ['--url URL', 'base URL of the workspace'],
    [
      '--of requests|acts|rights',
      "members' requests, acts of administrators and auditors, or what was done for the rights of users; default: requests",
    ],
    ['--since TIME', 'start in UTC, such as 2026-11-27T08:00:00Z or 2026-11-27; default: one day ago'],
    ['--until TIME', 'end in UTC; default: now'],
    ['--member ID', "only records by or about one member: the 'sub' of their tokens"],
    ['--format table|json', 'json prints one record per line; default: table'],
  ],
  environment: [['EU_RESIDENCY_TOKEN', 'ID token of an auditor of the workspace']],
  examples: ['records --of acts --since 2026-11-01 --url $URL'],
  exitCodes: [
    [0, 'success'],
    [2, 'the workspace refused the request, or the command line is invalid'],
  ],
};

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
  const query = new URLSearchParams({ of: oneOf('--of', values.of, ['requests', 'acts', 'rights']), limit: '1000' });
  for (const name of ['since', 'until'] as const) {
    const time = timeOf(`--${name}`, values[name]);
    if (time !== undefined) query.set(name, time);
  }
  if (values.member !== undefined) query.set('member', values.member);
  // All pages belong to one query, so its end must not move.
  if (!query.has('until')) query.set('until', new Date().toISOString());
  const token = adminToken('an auditor');
  const found: Shown[] = [];
  for (let next: unknown; next !== null; ) {
    const page = await askAdmin(url, { method: 'GET', path: `records?${query}` }, token);
    found.push(...(page.data as Shown[]));
    next = page.next ?? null;
    query.set('after', `${next}`);
  }
  if (format === 'json') for (const record of found) print(JSON.stringify(record));
  else print(found.length === 0 ? 'none' : table(found));
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
  return columns([['time', 'by', 'what', 'about or destination', 'outcome'], ...rows], tableWidth()).join('\n');
}
