import { parseArgs } from 'node:util';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { boundaryOf } from '../shared/boundary-of';
import { dayOf } from '../shared/day-of';
import { oneOf } from '../shared/one-of';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

/** What the command line of `tender` asks for. */
export interface TenderCommand {
  readonly paths: readonly string[];
  readonly framework?: string;
  readonly against?: string;
  readonly catalogue?: string;
  /** Texts of the form `NAME=DAY`, to be read by `attestedOn`. */
  readonly attested: readonly string[];
  /** The day of the answers. */
  readonly date: string;
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
  date: { type: 'string' },
  boundary: { type: 'string' },
  config: { type: 'string' },
  exceptions: { type: 'string' },
  format: { type: 'string', default: 'table' },
  width: { type: 'string' },
} as const;

/**
 * Reads the command line of `tender`.
 *
 * @param now the day of the answers if the command line has none
 */
export function readTenderCommand(args: readonly string[], now: Date): TenderCommand {
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
  const date = dayOf('--date', values.date ?? now.toISOString().slice(0, 10));
  return {
    paths: positionals,
    ...(framework !== undefined && { framework }),
    ...(against !== undefined && { against }),
    ...(catalogue !== undefined && { catalogue }),
    attested,
    date,
    ...(boundary !== undefined && { boundary: boundaryOf(boundary) }),
    config,
    exceptions,
    format,
    ...(width !== undefined && { width }),
  };
}

/**
 * The day on which each attestation was received. An unknown name is reported before a wrong day, because the day of another attestation is no use.
 *
 * @param names the attestations that exist
 */
export function attestedOn<T extends string>(
  { attested, date }: Pick<TenderCommand, 'attested' | 'date'>,
  names: readonly T[],
): Map<T, string> {
  return new Map(
    attested.map((text) => {
      const [name = '', ...day] = text.split('=');
      const known = oneOf('--attested', name, names);
      const received = dayOf('--attested NAME=DAY', day.join('='));
      // It would confirm what no one has received yet.
      if (received > date)
        throw new UsageError('--attested: the day is after that of the answers; name the day on which you received it');
      return [known, received];
    }),
  );
}
