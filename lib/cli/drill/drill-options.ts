import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `drill`. */
export interface DrillCommand {
  /** Ids of workspaces; all of the file if empty. */
  readonly workspaces: readonly string[];
  readonly rows: number;
  readonly config: string;
  readonly format: 'text' | 'json';
}

const OPTIONS = {
  rows: { type: 'string', default: '100' },
  config: { type: 'string', default: 'residency.yaml' },
  format: { type: 'string', default: 'text' },
} as const;

/** Reads the command line of `drill`. */
export function readDrillCommand(args: readonly string[]): DrillCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const rows = Number(values.rows);
  if (!/^\d+$/.test(values.rows) || rows < 1 || rows > 500) {
    throw new UsageError(`--rows: found '${values.rows}'; allowed: a whole number from 1 to 500`);
  }
  return {
    workspaces: [...new Set(positionals)],
    rows,
    config: values.config,
    format: oneOf('--format', values.format, ['text', 'json']),
  };
}
