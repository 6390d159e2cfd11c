import { parseArgs } from 'node:util';
import { LEAST_USD, MOST_USD } from '../../contract/budget';
import { workspaceUrl } from '../administration/admin-request';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `keys --own`. */
export interface OwnKeysCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The ID of the key to revoke, otherwise empty. */
  readonly id: string;
  /** The workspace's base URL, without `/v1`. */
  readonly url: string;
  readonly name?: string;
  readonly expiresMs?: number;
  readonly models: readonly string[];
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  /** The course that the key charges. */
  readonly course?: string;
  readonly format: 'pretty' | 'json';
}

const ACTIONS = ['create', 'list', 'revoke'] as const;

const OPTIONS = {
  own: { type: 'boolean' },
  url: { type: 'string' },
  name: { type: 'string' },
  expires: { type: 'string' },
  model: { type: 'string', multiple: true },
  'requests-per-minute': { type: 'string' },
  'tokens-per-day': { type: 'string' },
  'tokens-per-month': { type: 'string' },
  'usd-per-month': { type: 'string' },
  course: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

const ONLY_FOR_CREATE = [
  'name',
  'expires',
  'model',
  'requests-per-minute',
  'tokens-per-day',
  'tokens-per-month',
  'usd-per-month',
  'course',
] as const;

/** Reads the command line of `keys --own`. */
export function readOwnKeysCommand(args: readonly string[]): OwnKeysCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [given, id = '', ...others] = positionals;
  const action = ACTIONS.find((known) => known === given);
  if (action === undefined) {
    throw new UsageError(
      `keys --own takes one of: ${ACTIONS.join(', ')}; to replace a key, create another and revoke this one`,
    );
  }
  for (const option of action === 'create' ? [] : ONLY_FOR_CREATE) {
    if (values[option] !== undefined) throw new UsageError(`--${option} applies to keys create only; omit it`);
  }
  requireId(action, id, others);
  if (action === 'create' && !values.name) {
    throw new UsageError('--name is missing; add --name NAME, by which you recognise the key later');
  }
  return {
    action,
    id,
    url: workspaceUrl(values.url),
    name: values.name,
    expiresMs: values.expires === undefined ? undefined : periodOf(values.expires),
    models: values.model ?? [],
    requestsPerMinute: countOf('requests-per-minute', values['requests-per-minute']),
    tokensPerDay: countOf('tokens-per-day', values['tokens-per-day']),
    tokensPerMonth: countOf('tokens-per-month', values['tokens-per-month']),
    usdPerMonth: amountOf(values['usd-per-month']),
    course: values.course,
    format: oneOf('--format', values.format, ['pretty', 'json']),
  };
}

/** The value is never repeated in a message: a user may have pasted a whole key. */
function requireId(action: OwnKeysCommand['action'], id: string, others: readonly string[]): void {
  if (action !== 'revoke') {
    if (id === '') return;
    throw new UsageError(`keys ${action} --own takes options only`);
  }
  if (/^key_[\w-]{16}$/.test(id) && others.length === 0) return;
  throw new UsageError(
    "keys revoke --own takes the id of one key, such as key_…; 'eu-residency keys list --own' shows it",
  );
}

const DAY_MS = 86_400_000;

function periodOf(text: string): number {
  const days = /^[1-9]\d{0,2}d$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (days >= 1 && days <= 365) return days * DAY_MS;
  throw new UsageError(`--expires: found '${text}'; allowed with --own: days from 1d to 365d`);
}

function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${option}: found '${text}'; allowed: a whole number from 1`);
}

function amountOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const amount = /^\d{1,7}(\.\d{1,2})?$/.test(text) ? Number(text) : 0;
  if (amount >= LEAST_USD && amount <= MOST_USD) return amount;
  throw new UsageError(
    `--usd-per-month: found '${text}'; allowed: an amount from ${LEAST_USD} to ${MOST_USD} with at most two decimals`,
  );
}
