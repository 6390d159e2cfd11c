import { parseArgs } from 'node:util';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { nearest } from '../../boundary/nearest';
import type { Level } from '../../guard/finding';
import { LEVELS } from '../../guard/report/report';
import { boundaryOf } from '../shared/boundary-of';
import { oneOf } from '../shared/one-of';
import { regionsOf } from '../shared/regions-of';
import { UsageError } from '../shared/usage-error';
import { DEFAULT_ASSEMBLY } from '../shared/without-assembly';
import { FORMATS, type Format } from './formats';
import { type ReportFile, reportFileOf } from './report-file';

/** A valid command line of `check`. */
export interface CheckCommand {
  readonly paths: readonly string[];
  /** None if the option is absent, so that a configuration can set it. */
  readonly boundary?: ResidencyBoundary;
  readonly regions: readonly string[];
  readonly format: Format;
  /** Further reports, each written to a file. */
  readonly reports: readonly ReportFile[];
  readonly config?: string;
  readonly exceptions?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly grow: boolean;
  readonly unresolved: 'block' | 'warn';
  readonly minLevel: Level;
}

const DEFAULT_BASELINE = 'residency-baseline.json';

const OPTIONS = {
  boundary: { type: 'string' },
  region: { type: 'string', multiple: true },
  format: { type: 'string', default: 'pretty' },
  report: { type: 'string', multiple: true },
  config: { type: 'string' },
  exceptions: { type: 'string' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  grow: { type: 'boolean', default: false },
  unresolved: { type: 'string', default: 'block' },
  'min-level': { type: 'string', default: 'info' },
} as const;

/** Reads the command line of `check`. */
export function readCommand(args: readonly string[]): CheckCommand {
  const { values, positionals } = parse(args);
  if (values.boundary !== undefined && values.config !== undefined) {
    throw new UsageError(`the boundary is given twice, by --boundary and by ${values.config}; omit --boundary`);
  }
  if (values.grow && values['write-baseline'] === undefined) {
    throw new UsageError('--grow applies to --write-baseline only; add that, or omit --grow');
  }
  if (values.baseline !== undefined && values['write-baseline'] !== undefined) {
    throw new UsageError(
      '--baseline and --write-baseline exclude each other; --write-baseline reads the old file itself',
    );
  }
  if (values.report !== undefined && values['write-baseline'] !== undefined) {
    throw new UsageError('--report and --write-baseline exclude each other; check again with the new baseline');
  }
  return {
    paths: positionals.length > 0 ? positionals : [DEFAULT_ASSEMBLY],
    ...(values.boundary !== undefined && { boundary: boundaryOf(values.boundary) }),
    regions: regionsOf(values.region ?? []),
    format: oneOf('--format', values.format, FORMATS),
    reports: (values.report ?? []).map(reportFileOf),
    config: values.config,
    exceptions: values.exceptions,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
    grow: values.grow,
    unresolved: oneOf('--unresolved', values.unresolved, ['block', 'warn']),
    minLevel: oneOf('--min-level', values['min-level'], LEVELS),
  };
}

function parse(args: readonly string[]) {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  // What follows `--` is a path: other programs pass names of files there, which anyone may choose.
  const paths = args.slice(options.length);
  for (const arg of options) {
    const [, name] = /^--([a-z-]+)(?:=|$)/.exec(arg) ?? [];
    if (name === undefined || Object.hasOwn(OPTIONS, name)) continue;
    const guess = nearest(name, Object.keys(OPTIONS));
    throw new UsageError(`there is no option '--${name}'${guess === undefined ? '' : `; did you mean '--${guess}'?`}`);
  }
  return parseArgs({ args: [...withBaselineFile(options), ...paths], allowPositionals: true, options: OPTIONS });
}

/** The value of `--write-baseline` is optional; the next argument is its file only if it ends in `.json`, otherwise a path. */
function withBaselineFile(args: readonly string[]): string[] {
  return args.map((arg, index) =>
    arg === '--write-baseline' && !args[index + 1]?.endsWith('.json') ? `${arg}=${DEFAULT_BASELINE}` : arg,
  );
}
