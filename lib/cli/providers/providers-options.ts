import { parseArgs } from 'node:util';
import { isStateName } from '../../contract/provider-state';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { PLACE_OPTIONS, type ProvidersPlace, readPlace } from './providers-place';

/** A valid command line of `providers`. */
export type ProvidersCommand = { readonly place: ProvidersPlace; readonly format: 'pretty' | 'json' } & (
  | { readonly action: 'list' }
  | { readonly action: 'readmit'; readonly name: string; readonly reason?: string }
);

const OPTIONS = {
  ...PLACE_OPTIONS,
  reason: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `providers`. */
export function readProvidersCommand(args: readonly string[]): ProvidersCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [action, name, ...others] = positionals;
  const { reason } = values;
  const rest = { place: readPlace(values), format: oneOf('--format', values.format, ['pretty', 'json']) };
  if (action === 'list') {
    if (name !== undefined) throw new UsageError('providers list takes options only');
    if (reason !== undefined) throw new UsageError('--reason applies to providers readmit only; omit it');
    return { action, ...rest };
  }
  if (action !== 'readmit') throw new UsageError('providers takes one of: list, readmit');
  if (name === undefined || others.length > 0 || !isStateName(name)) {
    throw new UsageError(
      "providers readmit takes the name of one provider, or of one of its models, as 'eu-residency providers list' shows it",
    );
  }
  if (reason !== undefined && !/^\S(?:.{0,198}\S)?$/.test(reason))
    throw new UsageError('--reason: allowed: one line of at most 200 characters');
  return { action, name, ...(reason !== undefined && { reason }), ...rest };
}
