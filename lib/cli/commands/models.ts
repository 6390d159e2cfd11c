import path from 'node:path';
import { parseArgs } from 'node:util';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { ProfileRow } from '../../boundary/profile-row';
import { decideRegion } from '../../boundary/region';
import { wrap } from '../../guard/report/wrap';
import { allowedModels } from '../../report/models/allowed-models';
import { modelsTable } from '../../report/models/models-table';
import { modelsYaml } from '../../report/models/models-yaml';
import type { CommandHelp } from '../help/command-help';
import { CONFIG_FILE, type WrittenConfig, writtenConfig } from '../models/written-config';
import { boundaryOf } from '../shared/boundary-of';
import { oneOf } from '../shared/one-of';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

export const MODELS_HELP: CommandHelp = {
  summary: 'List the Bedrock models and profiles that a boundary allows',
  usage: [['models [OPTIONS]']],
  options: [
    ['--boundary eu|eea|DE,FR', 'the boundary; default: that of --config, otherwise eu'],
    [
      '--region REGION|all',
      'only what this Region can call; default: the primary Region of --config if it is in the boundary, otherwise all, or with yaml the one that can call the most',
    ],
    [
      '--config FILE',
      'configuration whose boundary, primary Region and residency-facts.yaml apply; default: residency.yaml, if it exists',
    ],
    ['--format table|yaml|json', 'yaml is ready to paste into residency.yaml; default: table'],
    ['--width COLUMNS', 'width of the table; default: that of the terminal, unlimited in a pipe or a file'],
  ],
  notes: [
    "The newest models come first. It includes what each model's provider retains, and when the provider ends the model. Models that have ended aren't listed.",
  ],
  examples: ['models --region eu-central-1', 'models --region all', 'models --format yaml'],
  exitCodes: [
    [0, 'success'],
    [2, 'the command line is invalid'],
  ],
};

const OPTIONS = {
  boundary: { type: 'string' },
  region: { type: 'string' },
  config: { type: 'string' },
  format: { type: 'string', default: 'table' },
  width: { type: 'string' },
} as const;

/** Runs `models`; the exit code. */
export function models(args: readonly string[], now = new Date()): number {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const format = oneOf('--format', values.format, ['table', 'yaml', 'json']);
  const width = tableWidth(values.width);
  const { boundary, region, rows, origin } = scopeOf(values, format, now);
  if (region !== undefined) requireInside(boundary, region);
  const list = allowedModels(boundary, region, now, rows);
  if (format === 'json') {
    print(JSON.stringify({ boundary: boundary.name, region: region ?? null, models: list }, null, 2));
  } else if (list.length === 0) {
    print(`# the facts contain no model that stays inside ${boundary.label}${region ? ` from ${region}` : ''}`);
  } else {
    print(format === 'yaml' ? modelsYaml(list, boundary.label, region ?? '') : modelsTable(list, width));
  }
  if (format === 'table' && origin !== undefined) {
    const note = `Called from ${region}, the primary Region of ${origin}. --region all lists what all Regions can call.`;
    print(['', ...wrap(note, width ?? Number.POSITIVE_INFINITY)].join('\n'));
  }
  return 0;
}

interface Queried {
  readonly boundary?: string;
  readonly region?: string;
  readonly config?: string;
}

interface Scope {
  readonly boundary: ResidencyBoundary;
  /** None: all Regions of the boundary. */
  readonly region?: string;
  readonly rows: readonly ProfileRow[];
  /** The file that names the Region; none if the command line does, or nothing. */
  readonly origin?: string;
}

/** What the command line leaves out, the configuration says. */
function scopeOf({ boundary: name, region, config }: Queried, format: string, now: Date): Scope {
  const written = writtenConfig(config);
  const boundary = name === undefined ? configured(written, config, now) : boundaryOf(name);
  const rows = written.profileRows ?? [];
  if (region === 'all') {
    if (format === 'yaml')
      throw new UsageError("--region: 'all' has no YAML, because a destination is called from one Region; name one");
    return { boundary, rows };
  }
  if (region !== undefined) return { boundary, region, rows };
  const primary = written.primaryRegion ?? '';
  if (boundary.containsRegion(primary)) {
    return { boundary, region: primary, rows, origin: config ?? CONFIG_FILE };
  }
  return { boundary, rows, ...(format === 'yaml' && { region: richest(boundary, now) }) };
}

/** The boundary of a configuration, with the facts next to it. The loader is slow to start, so it is loaded only for a file. */
function configured({ boundary, raw }: WrittenConfig, config = CONFIG_FILE, now: Date): ResidencyBoundary {
  if (boundary === undefined) {
    if (raw === undefined) return ResidencyBoundary.eu();
    throw new UsageError(`--config: ${config}: boundary: is missing; add it to the file, or name one with --boundary`);
  }
  const { withFactsIn } = require('../../config/load-facts') as typeof import('../../config/load-facts');
  return withFactsIn({ folder: path.dirname(config), raw }, boundary, () => now);
}

/** A deployment calls models from one Region; without one, it is the Region that can call the most. */
function richest(boundary: ResidencyBoundary, now: Date): string | undefined {
  const counted = boundary.regionCodes().map((code) => ({ code, count: allowedModels(boundary, code, now).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.code;
}

function requireInside(boundary: ResidencyBoundary, region: string): void {
  const decision = decideRegion(boundary, region);
  if (!decision.inside) throw new UsageError(`--region: ${decision.detail}`);
}
