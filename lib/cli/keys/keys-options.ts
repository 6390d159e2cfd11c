import { parseArgs } from 'node:util';
import { idOf } from '../../runtime/gateway/keys/key-form';
import { monthTokensIn, monthUsdIn } from '../shared/budget-options';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** The location of the table of keys, and the role that manages it. */
export interface KeysPlace {
  readonly table?: string;
  readonly stack?: string;
  /** A role to assume first. */
  readonly role?: string;
  readonly region?: string;
  /** Names the stack and the Region if neither table nor stack is given. */
  readonly config: string;
}

/** A valid command line of `keys`. */
export interface KeysCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The id of the key to rotate or revoke, otherwise empty. */
  readonly id: string;
  readonly project: string;
  readonly label?: string;
  /** The key's own budget of a calendar month. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  readonly expiresMs?: number;
  readonly overlapMs: number;
  readonly format: 'pretty' | 'json';
  readonly place: KeysPlace;
}

const ACTIONS = ['create', 'list', 'rotate', 'revoke'] as const;
const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY };
/** Options that apply to some actions only. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  label: ['create'],
  'tokens-per-month': ['create'],
  'usd-per-month': ['create'],
  expires: ['create', 'rotate'],
  overlap: ['rotate'],
};

const OPTIONS = {
  project: { type: 'string' },
  label: { type: 'string' },
  'tokens-per-month': { type: 'string' },
  'usd-per-month': { type: 'string' },
  expires: { type: 'string' },
  overlap: { type: 'string' },
  table: { type: 'string' },
  stack: { type: 'string' },
  role: { type: 'string' },
  region: { type: 'string' },
  config: { type: 'string', default: 'residency.yaml' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `keys`. */
export function readKeysCommand(args: readonly string[]): KeysCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [name, id, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`keys takes one of: ${ACTIONS.join(', ')}`);
  for (const [option, actions] of Object.entries(ONLY_FOR)) {
    if (values[option as keyof typeof values] === undefined || actions.includes(action)) continue;
    throw new UsageError(`--${option} applies to keys ${actions.join(' and ')} only; omit it`);
  }
  const { 'tokens-per-month': tokens, 'usd-per-month': usd } = values;
  const { project, label, table, stack, role, region, config } = values;
  if (project === undefined)
    throw new UsageError("--project is missing; add --project ID, the project's id in residency.yaml");
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(project)) {
    throw new UsageError(`--project: found '${project}'; allowed: lower-case letters, digits and inner hyphens`);
  }
  if (label !== undefined && !/^\S(?:.{0,198}\S)?$/.test(label)) {
    throw new UsageError('--label: allowed: one line of at most 200 characters');
  }
  if (table !== undefined && stack !== undefined) {
    throw new UsageError('the table is given twice, by --table and by --stack; omit one');
  }
  return {
    action,
    id: readId(action, id, others),
    project,
    label,
    tokensPerMonth: tokens === undefined ? undefined : monthTokensIn(tokens),
    usdPerMonth: usd === undefined ? undefined : monthUsdIn(usd),
    expiresMs: values.expires === undefined ? undefined : readPeriod('--expires', values.expires, 1),
    overlapMs: values.overlap === undefined ? DAY : readPeriod('--overlap', values.overlap, 0),
    format: oneOf('--format', values.format, ['pretty', 'json']),
    place: { table, stack, role, region, config },
  };
}

/** The value is never repeated in a message: a user may have pasted a whole key. */
function readId(action: KeysCommand['action'], id: string | undefined, others: readonly string[]): string {
  if (action === 'create' || action === 'list') {
    if (id === undefined) return '';
    throw new UsageError(`keys ${action} takes options only`);
  }
  if (id !== undefined && others.length === 0 && idOf(`${id}.${'A'.repeat(43)}`, 'deployment') === id) return id;
  throw new UsageError(
    `keys ${action} takes the id of one key, which is the part before its dot; 'eu-residency keys list' shows it`,
  );
}

function readPeriod(option: string, text: string, least: number): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (count !== '' && ms >= least && ms <= 3_650 * DAY) return ms;
  throw new UsageError(`${option}: found '${text}'; allowed: a period such as 30m, 24h or 90d, at most 3650d`);
}
