import { readFileSync } from 'node:fs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { factsOf } from '../../boundary/facts-of';
import { REGIONS } from '../../facts/generated/regions';
import { RESOURCE_TYPES } from '../../facts/generated/resource-types';
import { ZONES } from '../../facts/generated/zones';
import type { Sourced } from '../../facts/types';
import type { TemplateInput } from '../../guard/assembly/template-input';
import type { EvidenceContext, EvidenceOptions } from './context';
import type { EvidenceHead, EvidenceRow, EvidenceStatus } from './evidence';
import { sha256 } from './sha256';

/** Who is responsible, the facts of all checks, and what was read. */
export function headOf(
  { version, organisation }: EvidenceOptions,
  context: EvidenceContext,
  rows: readonly EvidenceRow[],
): EvidenceHead {
  const { boundary, date, templates, fileOf } = context;
  return {
    version,
    date,
    ...(organisation !== undefined && { organisation }),
    boundary: { name: boundary.name, countries: boundary.countryCodes, regions: boundary.regionCodes() },
    templates: templates.map((input) => ({
      stack: input.stack,
      file: fileOf(input.file),
      sha256: templateHash(input),
      ...(input.deployAccount !== undefined && { account: input.deployAccount }),
    })),
    facts: factsHead(boundary, version),
    summary: {
      ok: count(rows, 'ok'),
      attention: count(rows, 'attention'),
      failed: count(rows, 'failed'),
      unknown: count(rows, 'unknown'),
    },
  };
}

const count = (rows: readonly EvidenceRow[], status: EvidenceStatus) =>
  rows.filter((row) => row.status === status).length;

/** Of the file's bytes, so that any tool can compare it; of standard input, of its content as JSON. */
const templateHash = ({ file, template }: TemplateInput): string =>
  sha256(file === '-' ? JSON.stringify(template) : readFileSync(file));

/** The tables that decide, those of the package and those of the layers above them. */
function factsHead(boundary: ResidencyBoundary, version: string): EvidenceHead['facts'] {
  const facts = factsOf(boundary);
  const { profiles, onDemandModels, modelRetention, models, bedrockApis, hosts, release } = facts;
  const tables: readonly (readonly Sourced[])[] = [
    REGIONS,
    ZONES,
    profiles,
    onDemandModels,
    modelRetention,
    models,
    bedrockApis,
    hosts,
  ];
  const dates = tables.flat().map(({ asOf }) => asOf);
  return {
    release: release === undefined ? `package ${version}` : `${release.version}`,
    asOf: release?.checkedAt ?? dates.sort().at(-1) ?? '',
    sha256: sha256(JSON.stringify([...tables, RESOURCE_TYPES])),
  };
}
