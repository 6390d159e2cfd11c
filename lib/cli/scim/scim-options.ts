import { parseArgs } from 'node:util';
import { idOf } from '../../runtime/gateway/keys/key-form';
import type { KeysPlace } from '../keys/keys-options';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `scim`. */
export interface ScimCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The id of the token to rotate or revoke, otherwise empty. */
  readonly id: string;
  readonly workspace: string;
  readonly expiresMs: number;
  readonly overlapMs: number;
  readonly format: 'pretty' | 'json';
  readonly place: KeysPlace;
}

const ACTIONS = ['create', 'list', 'rotate', 'revoke'] as const;
const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY };

/** A token that is never changed would stay valid with a former employee. */
const MOST_DAYS = 730;

/** Options that apply to some actions only. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = { expires: ['create', 'rotate'], overlap: ['rotate'] };

const OPTIONS = {
  workspace: { type: 'string' },
  expires: { type: 'string' },
  overlap: { type: 'string' },
  table: { type: 'string' },
  stack: { type: 'string' },
  role: { type: 'string' },
  region: { type: 'string' },
  config: { type: 'string', default: 'residency.yaml' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `scim`. */
export function readScimCommand(args: readonly string[]): ScimCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [name, id, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`scim takes one of: ${ACTIONS.join(', ')}`);
  for (const [option, actions] of Object.entries(ONLY_FOR)) {
    if (values[option as keyof typeof values] === undefined || actions.includes(action)) continue;
    throw new UsageError(`--${option} applies to scim ${actions.join(' and ')} only; omit it`);
  }
  const { workspace, table, stack, role, region, config } = values;
  if (workspace === undefined)
    throw new UsageError("--workspace is missing; add --workspace ID, the workspace's id in residency.yaml");
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(workspace)) {
    throw new UsageError(`--workspace: found '${workspace}'; allowed: lower-case letters, digits and inner hyphens`);
  }
  if (table !== undefined && stack !== undefined) {
    throw new UsageError('the table is given twice, by --table and by --stack; omit one');
  }
  return {
    action,
    id: readId(action, id, others),
    workspace,
    expiresMs: readPeriod('--expires', values.expires ?? '365d', 1),
    overlapMs: readPeriod('--overlap', values.overlap ?? '24h', 0),
    format: oneOf('--format', values.format, ['pretty', 'json']),
    place: { table, stack, role, region, config },
  };
}

/** The value is never repeated in a message: a user may have pasted a whole token. */
function readId(action: ScimCommand['action'], id: string | undefined, others: readonly string[]): string {
  if (action === 'create' || action === 'list') {
    if (id === undefined) return '';
    throw new UsageError(`scim ${action} takes options only`);
  }
  if (id !== undefined && others.length === 0 && idOf(`${id}.${'A'.repeat(43)}`, 'scim') === id) return id;
  throw new UsageError(
    `scim ${action} takes the id of one token, which is the part before its dot; 'eu-residency scim list' shows it`,
  );
}

function readPeriod(option: string, text: string, least: number): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (count !== '' && ms >= least && ms <= MOST_DAYS * DAY) return ms;
  throw new UsageError(`${option}: found '${text}'; allowed: a period such as 30m, 24h or 365d, at most ${MOST_DAYS}d`);
}
