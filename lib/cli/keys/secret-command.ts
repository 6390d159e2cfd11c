import { idOf, type KeyKind } from '../../runtime/gateway/keys/key-form';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** The location of a table of secrets, and the role that manages it. */
interface SecretsPlace {
  readonly table?: string;
  readonly stack?: string;
  /** A role to assume first. */
  readonly role?: string;
  readonly region?: string;
  /** Names the stack and the Region if neither table nor stack is given. */
  readonly config: string;
}

/** What the command lines of `keys` and of `scim` have in common. */
export interface SecretCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The id of the secret to rotate or revoke, otherwise empty. */
  readonly id: string;
  /** The tenant's id. */
  readonly tenant: string;
  readonly expiresMs?: number;
  readonly overlapMs: number;
  readonly format: 'pretty' | 'json';
  readonly place: SecretsPlace;
}

/** In what the commands differ. */
export interface SecretCommandForm {
  readonly command: 'keys' | 'scim';
  /** What it makes. */
  readonly secret: 'key' | 'token';
  readonly kind: KeyKind;
  /** The option that names the tenant. */
  readonly tenant: 'project' | 'workspace';
  readonly mostDays: number;
  /** A period as an example. */
  readonly example: string;
  /** Options that apply to some actions only. */
  readonly onlyFor: Readonly<Record<string, readonly string[]>>;
}

const ACTIONS = ['create', 'list', 'rotate', 'revoke'] as const;
const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY };

/** The options of both commands. */
export const SECRET_OPTIONS = {
  expires: { type: 'string' },
  overlap: { type: 'string' },
  table: { type: 'string' },
  stack: { type: 'string' },
  role: { type: 'string' },
  region: { type: 'string' },
  config: { type: 'string', default: 'residency.yaml' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** What `parseArgs` returns for these options and those of the command. */
interface Parsed {
  readonly values: Readonly<Record<string, string | undefined>> & { readonly config: string; readonly format: string };
  readonly positionals: readonly string[];
}

/**
 * Reads what the command lines have in common.
 *
 * @throws UsageError
 */
export function readSecretCommand(form: SecretCommandForm, { values, positionals }: Parsed): SecretCommand {
  const { command, onlyFor } = form;
  const [name, id, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`${command} takes one of: ${ACTIONS.join(', ')}`);
  for (const [option, actions] of Object.entries(onlyFor)) {
    if (values[option] === undefined || actions.includes(action)) continue;
    throw new UsageError(`--${option} applies to ${command} ${actions.join(' and ')} only; omit it`);
  }
  const { expires, overlap, table, stack, role, region, config, format } = values;
  const tenant = readTenant(form.tenant, values[form.tenant]);
  if (table !== undefined && stack !== undefined) {
    throw new UsageError('the table is given twice, by --table and by --stack; omit one');
  }
  return {
    action,
    id: readId(form, action, id, others),
    tenant,
    expiresMs: expires === undefined ? undefined : readPeriod(form, '--expires', expires, 1),
    overlapMs: overlap === undefined ? DAY : readPeriod(form, '--overlap', overlap, 0),
    format: oneOf('--format', format, ['pretty', 'json']),
    place: { table, stack, role, region, config },
  };
}

function readTenant(option: SecretCommandForm['tenant'], id: string | undefined): string {
  if (id === undefined) {
    throw new UsageError(`--${option} is missing; add --${option} ID, the ${option}'s id in residency.yaml`);
  }
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(id)) return id;
  throw new UsageError(`--${option}: found '${id}'; allowed: lower-case letters, digits and inner hyphens`);
}

/** The value is never repeated in a message: a user may have pasted a whole key or token. */
function readId(
  { command, secret, kind }: SecretCommandForm,
  action: SecretCommand['action'],
  id: string | undefined,
  others: readonly string[],
): string {
  if (action === 'create' || action === 'list') {
    if (id === undefined) return '';
    throw new UsageError(`${command} ${action} takes options only`);
  }
  if (id !== undefined && others.length === 0 && idOf(`${id}.${'A'.repeat(43)}`, kind) === id) return id;
  throw new UsageError(
    `${command} ${action} takes the id of one ${secret}, which is the part before its dot; 'eu-residency ${command} list' shows it`,
  );
}

function readPeriod({ mostDays, example }: SecretCommandForm, option: string, text: string, least: number): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (count !== '' && ms >= least && ms <= mostDays * DAY) return ms;
  throw new UsageError(
    `${option}: found '${text}'; allowed: a period such as 30m, 24h or ${example}, at most ${mostDays}d`,
  );
}
