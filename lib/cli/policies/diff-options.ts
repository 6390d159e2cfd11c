import { parseArgs } from 'node:util';
import { CONFIG_FILE } from '../models/written-config';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `policies diff`. */
export interface PoliciesDiffCommand {
  readonly config: string;
  /** An organizational unit or account; none for the organization as a whole. */
  readonly target?: string;
  readonly format: 'pretty' | 'json';
}

const OPTIONS = {
  config: { type: 'string', default: CONFIG_FILE },
  target: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `policies diff`. */
export function readPoliciesDiff(args: readonly string[]): PoliciesDiffCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  if (positionals.length > 0)
    throw new UsageError(`policies diff takes no argument, found '${positionals[0]}'; name the target by --target`);
  const { config, target, format } = values;
  if (target !== undefined && !/^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/.test(target)) {
    throw new UsageError(
      `--target: found '${target}'; allowed: the ID of an organizational unit (ou-...), a root (r-...) or an account (12 digits)`,
    );
  }
  return { config, format: oneOf('--format', format, ['pretty', 'json']), ...(target !== undefined && { target }) };
}
