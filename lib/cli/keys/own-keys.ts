import { KEY_TREE } from '../../contract/key-path';
import { visible } from '../../html/visible';
import { columns } from '../../report/columns';
import { adminToken, askWorkspace, type Shown } from '../administration/admin-request';
import { print, printError } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { type OwnKeysCommand, readOwnKeysCommand } from './own-options';

const PATH = '/v1/keys';

/** Runs `keys --own`: a member's own keys of a workspace; the exit code. */
export async function runOwnKeys(args: readonly string[], now = new Date()): Promise<number> {
  const command = readOwnKeysCommand(args);
  await ACTIONS[command.action](command, adminToken('a member'), now);
  return 0;
}

type Action = (command: OwnKeysCommand, token: string, now: Date) => Promise<void>;

const ACTIONS: Readonly<Record<OwnKeysCommand['action'], Action>> = {
  create: async (command, token, now) => {
    const { url, format } = command;
    const made = await askWorkspace(url, { method: 'POST', path: PATH, body: bodyOf(command, now) }, token);
    if (format === 'pretty') {
      printError(
        `your key ${made.id}, for the base URL ${url}${KEY_TREE}/v1; it ends on ${day(made.expires_at)}, and stops on ` +
          `${day(made.stops_at)} unless you sign in again before; store it now: it can't be shown again`,
      );
    }
    // Only the key is written to standard output, so that it can be piped to a secret store.
    print(format === 'pretty' ? `${made.key}` : JSON.stringify(made));
  },

  list: async ({ url, format }, token, now) => {
    const { data } = await askWorkspace(url, { method: 'GET', path: PATH }, token);
    const keys = data as readonly Shown[];
    if (format === 'json') print(JSON.stringify(keys));
    else if (keys.length > 0) print(table(keys, now));
    else printError("you have no keys; create one with 'eu-residency keys create --own'");
  },

  revoke: async ({ url, id, format }, token) => {
    const answer = await askWorkspace(url, { method: 'DELETE', path: `${PATH}/${id}` }, token);
    if (format === 'json') print(JSON.stringify(answer));
    else
      printError(
        `key '${id}' has been revoked; a gateway that has just looked it up accepts it for up to 60 seconds more`,
      );
  },
};

function bodyOf({ name, expiresMs, models, course, ...caps }: OwnKeysCommand, now: Date): object {
  const { requestsPerMinute, tokensPerDay, tokensPerMonth, usdPerMonth } = caps;
  return {
    name,
    ...(expiresMs !== undefined && { expires_at: Math.floor((now.getTime() + expiresMs) / 1_000) }),
    ...(models.length > 0 && { models }),
    ...(course !== undefined && { course }),
    limits: {
      requests_per_minute: requestsPerMinute,
      tokens_per_day: tokensPerDay,
      tokens_per_month: tokensPerMonth,
      usd_per_month: usdPerMonth,
    },
  };
}

/** Days before which the list warns of the end of a key, as the answers to it do. */
const WARNED_SECONDS = 14 * 86_400;

function table(keys: readonly Shown[], now: Date): string {
  const charges = keys.some(({ course }) => typeof course === 'string');
  const rows = keys.map(({ id, name, created_at, expires_at, stops_at, models, course }) => [
    `${id}`,
    visible(`${name}`),
    day(created_at),
    stateOf(Number(expires_at), Number(stops_at), Math.floor(now.getTime() / 1_000)),
    Array.isArray(models) ? models.join(', ') : 'all',
    ...(charges ? [typeof course === 'string' ? visible(course) : ''] : []),
  ]);
  return columns(
    [['id', 'name', 'created', 'state', 'models', ...(charges ? ['course'] : [])], ...rows],
    tableWidth(),
  ).join('\n');
}

function stateOf(expires: number, stops: number, now: number): string {
  if (expires <= now) return `expired ${day(expires)}`;
  if (stops <= now) return 'stopped: sign in again';
  if (stops - now > WARNED_SECONDS) return `works until ${day(expires)}`;
  return stops < expires ? `stops ${day(stops)} unless you sign in` : `ends ${day(expires)}`;
}

const day = (seconds: unknown): string => new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
