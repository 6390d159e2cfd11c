import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { AssumedUse } from '../../report/cost/assumed-use';
import { count } from '../shared/count';
import { oneOf } from '../shared/one-of';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `cost`. */
export interface CostCommand {
  /** A configuration, or a cloud assembly. */
  readonly path: string;
  /** The cloud assemblies of further accounts. */
  readonly others: readonly string[];
  /** The configuration whose currency applies to a cloud assembly. */
  readonly config?: string;
  readonly use: AssumedUse;
  /** A model or profile of Bedrock; by default the first destination of each tenant's first model. */
  readonly model?: string;
  readonly format: 'table' | 'csv';
  readonly width?: number;
}

const OPTIONS = {
  members: { type: 'string', default: '100' },
  active: { type: 'string', default: '60%' },
  turns: { type: 'string', default: '100' },
  requests: { type: 'string', default: '0' },
  input: { type: 'string', default: '3000' },
  output: { type: 'string', default: '500' },
  cached: { type: 'string', default: '80%' },
  files: { type: 'string', default: '0' },
  background: { type: 'string', default: '0%' },
  office: { type: 'string', default: '0' },
  model: { type: 'string' },
  config: { type: 'string' },
  format: { type: 'string', default: 'table' },
  width: { type: 'string' },
} as const;

/** Reads the command line of `cost`. */
export function readCostCommand(args: readonly string[]): CostCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [path = 'residency.yaml', ...others] = positionals;
  const file = others.length === 0 ? undefined : positionals.find((one) => !isFolder(one));
  if (file !== undefined) {
    throw new UsageError(
      `${file}: several accounts are billed by their cloud assemblies, and this isn't a folder; run 'cdk synth' for each account, and name the folders`,
    );
  }
  return {
    path,
    others,
    use: {
      members: count('--members', values.members),
      active: percent('--active', values.active),
      turns: count('--turns', values.turns),
      requests: count('--requests', values.requests),
      inputTokens: count('--input', values.input),
      outputTokens: count('--output', values.output),
      cached: percent('--cached', values.cached),
      files: count('--files', values.files),
      background: percent('--background', values.background),
      officeFiles: count('--office', values.office),
    },
    format: oneOf('--format', values.format, ['table', 'csv']),
    ...(values.model !== undefined && { model: values.model }),
    ...(values.config !== undefined && { config: values.config }),
    width: tableWidth(values.width),
  };
}

const isFolder = (file: string): boolean => existsSync(file) && statSync(file).isDirectory();

function percent(option: string, text: string): number {
  const [, number = ''] = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(text) ?? [];
  if (number !== '' && Number(number) <= 100) return Number(number) / 100;
  throw new UsageError(`${option}: found '${text}'; allowed: a share such as 60%, at most 100%`);
}
