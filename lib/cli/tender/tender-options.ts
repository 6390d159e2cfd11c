import { parseArgs } from 'node:util';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { boundaryOf } from '../shared/boundary-of';
import { oneOf } from '../shared/one-of';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

/** What the command line of `tender` asks for. */
export interface TenderCommand {
  readonly paths: readonly string[];
  readonly framework?: string;
  readonly against?: string;
  readonly catalogue?: string;
  readonly attested: readonly (readonly [name: string, date: string])[];
  readonly boundary?: ResidencyBoundary;
  readonly config: string | undefined;
  readonly exceptions: string | undefined;
  readonly format: 'table' | 'csv' | 'json' | 'markdown';
  readonly width?: number;
}

const OPTIONS = {
  framework: { type: 'string' },
  against: { type: 'string' },
  catalogue: { type: 'string' },
  attested: { type: 'string', multiple: true },
  boundary: { type: 'string' },
  config: { type: 'string' },
  exceptions: { type: 'string' },
  format: { type: 'string', default: 'table' },
  width: { type: 'string' },
} as const;

/** Reads the command line of `tender`. */
export function readTenderCommand(args: readonly string[]): TenderCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const { framework, against, catalogue, attested = [], boundary, config, exceptions } = values;
  if ((framework === undefined) === (against === undefined)) {
    throw new UsageError(
      'name either --framework, for its rows, or --against FILE, for answers to a list of requirements',
    );
  }
  if (catalogue !== undefined && framework === undefined)
    throw new UsageError('--catalogue applies to --framework only; omit it');
  if (boundary !== undefined && config !== undefined) {
    throw new UsageError('--boundary and --config both name the boundary; omit one');
  }
  const format = oneOf('--format', values.format, ['table', 'csv', 'json', 'markdown']);
  const width = tableWidth(values.width);
  return {
    paths: positionals,
    ...(framework !== undefined && { framework }),
    ...(against !== undefined && { against }),
    ...(catalogue !== undefined && { catalogue }),
    attested: attested.map(dated),
    ...(boundary !== undefined && { boundary: boundaryOf(boundary) }),
    config,
    exceptions,
    format,
    ...(width !== undefined && { width }),
  };
}

function dated(text: string): readonly [string, string] {
  const [name = '', date = ''] = text.split('=');
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) {
    throw new UsageError('--attested: no day; write NAME=DAY, such as c5=2026-05-31');
  }
  return [name, date];
}
