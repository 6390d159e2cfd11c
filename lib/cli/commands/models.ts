import path from 'node:path';
import { parseArgs } from 'node:util';
import { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import { allowedModels } from '../../report/models/allowed-models';
import { modelsTable } from '../../report/models/models-table';
import { modelsYaml } from '../../report/models/models-yaml';
import type { CommandHelp } from '../help/command-help';
import { type WrittenConfig, writtenConfig } from '../models/written-config';
import { boundaryOf } from '../shared/boundary-of';
import { oneOf } from '../shared/one-of';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

export const MODELS_HELP: CommandHelp = {
  summary: 'List the Bedrock models and profiles that a boundary allows',
  usage: [['models [OPTIONS]']],
  options: [
    ['--boundary eu|eea|DE,FR', 'the boundary; default: that of --config, otherwise eu'],
    ['--region REGION', 'only what this Region can call'],
    [
      '--config FILE',
      'configuration whose boundary applies, and whose primary Region --format yaml uses; default with --format yaml: residency.yaml, if it exists',
    ],
    ['--format table|yaml|json', 'yaml is ready to paste into residency.yaml; default: table'],
    ['--width COLUMNS', 'width of the table; default: that of the terminal, unlimited in a pipe or a file'],
  ],
  notes: ["The list includes what each model's provider retains."],
  examples: ['models --region eu-central-1', 'models --format yaml'],
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
  const { boundary, region } = scopeOf(values, format, now);
  if (region !== undefined) requireInside(boundary, region);
  const list = allowedModels(boundary, region, now);
  if (format === 'json') {
    console.log(JSON.stringify({ boundary: boundary.name, region: region ?? null, models: list }, null, 2));
  } else if (list.length === 0) {
    console.log(`# the facts contain no model that stays inside ${boundary.label}${region ? ` from ${region}` : ''}`);
  } else {
    console.log(format === 'yaml' ? modelsYaml(list, boundary.label, region ?? '') : modelsTable(list, width));
  }
  return 0;
}

interface Queried {
  readonly boundary?: string;
  readonly region?: string;
  readonly config?: string;
}

/** YAML is to be pasted into a configuration, so its boundary and its primary Region apply if the command line names none. */
function scopeOf({ boundary: name, region, config }: Queried, format: string, now: Date) {
  const written = format === 'yaml' || config !== undefined ? writtenConfig(config) : {};
  const boundary = name === undefined ? configured(written, config, now) : boundaryOf(name);
  if (region !== undefined || format !== 'yaml') return { boundary, region };
  const primary = written.primaryRegion ?? '';
  return { boundary, region: boundary.containsRegion(primary) ? primary : richest(boundary, now) };
}

/** The boundary of a configuration, with the facts next to it. The loader is slow to start, so it is loaded only for a file. */
function configured({ boundary }: WrittenConfig, config = 'residency.yaml', now: Date): ResidencyBoundary {
  if (boundary === undefined) return ResidencyBoundary.eu();
  const { withFactsIn } = require('../../config/load-facts') as typeof import('../../config/load-facts');
  return withFactsIn(path.dirname(config), boundary, () => now);
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
