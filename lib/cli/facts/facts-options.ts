import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `facts verify`. */
export interface FactsCommand {
  readonly config: string;
  readonly all: boolean;
  readonly write: boolean;
  readonly format: 'pretty' | 'json';
}

const OPTIONS = {
  config: { type: 'string', default: 'residency.yaml' },
  all: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `facts`. */
export function readFactsCommand(args: readonly string[]): FactsCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [action, ...others] = positionals;
  if (action !== 'verify' || others.length > 0) throw new UsageError('facts takes one action: verify, update or admit');
  const { config, all, write, format } = values;
  return { config, all, write, format: oneOf('--format', format, ['pretty', 'json']) };
}
