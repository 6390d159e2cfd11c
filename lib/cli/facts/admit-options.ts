import { parseArgs } from 'node:util';
import type { ModelKind } from '../../facts/model-facts';
import { MODEL_KINDS } from '../../facts/model-kinds';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `facts admit`. */
export interface AdmitCommand {
  readonly id: string;
  readonly config: string;
  /** @default - the primary Region of the configuration */
  readonly region?: string;
  readonly reason: string;
  /** @default - the caller, as STS names it */
  readonly requestedBy?: string;
  readonly approvedBy: string;
  readonly expires: string;
  /** The owner's declaration of what the provider retains. */
  readonly retains?: { readonly days: number; readonly reason: string };
  /** The model whose traits it has. */
  readonly like?: string;
  readonly kind?: ModelKind;
  readonly format: 'pretty' | 'json';
}

const OPTIONS = {
  config: { type: 'string', default: 'residency.yaml' },
  region: { type: 'string' },
  reason: { type: 'string' },
  'requested-by': { type: 'string' },
  'approved-by': { type: 'string' },
  expires: { type: 'string' },
  retains: { type: 'string' },
  'retention-reason': { type: 'string' },
  like: { type: 'string' },
  kind: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `facts admit`. */
export function readAdmitCommand(args: readonly string[]): AdmitCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [, id, ...others] = positionals;
  if (id === undefined || others.length > 0) {
    throw new UsageError("facts admit takes one id of a model or profile, such as 'eu.anthropic.claude-opus-5-5'");
  }
  const { config, region, like, kind } = values;
  return {
    id,
    config,
    region,
    reason: line('--reason', values.reason, 'why this deployment needs the model'),
    requestedBy: values['requested-by'] === undefined ? undefined : line('--requested-by', values['requested-by'], ''),
    approvedBy: line('--approved-by', values['approved-by'], 'the name of the person who approves it'),
    expires: dayOf(values.expires),
    retains: retainsOf(values.retains, values['retention-reason']),
    like,
    kind: kind === undefined ? undefined : oneOf('--kind', kind, [...MODEL_KINDS]),
    format: oneOf('--format', values.format, ['pretty', 'json']),
  };
}

function line(option: string, value: string | undefined, what: string): string {
  if (value === undefined) throw new UsageError(`${option} is missing: ${what}`);
  if (!/^\S(.*\S)?$/.test(value) || value.length > 200) {
    throw new UsageError(`${option}: found a text that isn't one line of at most 200 characters`);
  }
  return value;
}

function dayOf(value: string | undefined): string {
  if (value === undefined) {
    throw new UsageError('--expires is missing: the first day on which the row no longer counts, such as 2027-04-30');
  }
  const date = new Date(`${value}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(value)) {
    throw new UsageError(`--expires: found '${value}'; allowed: a day such as 2027-04-30`);
  }
  return value;
}

function retainsOf(value: string | undefined, reason: string | undefined): AdmitCommand['retains'] {
  if (value === undefined) {
    if (reason === undefined) return undefined;
    throw new UsageError(
      "--retention-reason is the reason for --retains, which is missing: 'nothing', or days such as 30d",
    );
  }
  const days = value === 'nothing' ? 0 : Number(/^([1-9]\d{0,3})d$/.exec(value)?.[1] ?? Number.NaN);
  if (Number.isNaN(days)) throw new UsageError(`--retains: found '${value}'; allowed: nothing, or days such as 30d`);
  return { days, reason: line('--retention-reason', reason, 'where the provider says so') };
}
