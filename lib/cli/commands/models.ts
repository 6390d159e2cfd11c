import { parseArgs } from 'node:util';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import { allowedModels } from '../../report/models/allowed-models';
import { modelsTable } from '../../report/models/models-table';
import { modelsYaml } from '../../report/models/models-yaml';
import { boundaryOf } from '../shared/boundary-of';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

export const MODELS_USAGE = `eu-residency models             the Bedrock models and profiles that a boundary allows, and what their providers keep
    --boundary eu|eea|DE,FR       what counts as inside; default: eu
    --region REGION               only what this Region may call
    --format table|yaml|json      yaml: to paste into residency.yaml; default: table`;

const OPTIONS = {
  boundary: { type: 'string', default: 'eu' },
  region: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Runs `models`; the exit code. */
export function models(args: readonly string[], now = new Date()): number {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const format = oneOf('--format', values.format, ['table', 'yaml', 'json']);
  const boundary = boundaryOf(values.boundary);
  const region = values.region ?? (format === 'yaml' ? richest(boundary, now) : undefined);
  if (region !== undefined) requireInside(boundary, region);
  const list = allowedModels(boundary, region, now);
  if (format === 'json') {
    console.log(JSON.stringify({ boundary: boundary.name, region: region ?? null, models: list }, null, 2));
  } else if (list.length === 0) {
    console.log(`# the facts know no model that stays inside ${boundary.label}${region ? ` from ${region}` : ''}`);
  } else {
    console.log(format === 'yaml' ? modelsYaml(list, boundary.label, region ?? '') : modelsTable(list));
  }
  return 0;
}

/** A deployment has one Region, so what is pasted is of one: the Region that may call most. */
function richest(boundary: ResidencyBoundary, now: Date): string | undefined {
  const counted = boundary.regionCodes().map((code) => ({ code, count: allowedModels(boundary, code, now).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.code;
}

function requireInside(boundary: ResidencyBoundary, region: string): void {
  const decision = decideRegion(boundary, region);
  if (!decision.inside) throw new UsageError(`--region: ${decision.detail}`);
}
