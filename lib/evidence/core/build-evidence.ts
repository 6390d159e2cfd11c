import { PLATFORM } from '../../facts/generated/platform';
import type { Inputs } from '../../guard/assembly/template-input';
import type { InventoryLine } from '../../report/inventory-line';
import { alarmRows } from './alarms';
import { contextOf, type EvidenceOptions } from './context';
import { drillRows } from './drills';
import type { Evidence } from './evidence';
import { exceptionRows, findingRows, pointerOf } from './findings';
import { flowRows } from './flows';
import { headOf } from './head';
import { keyRows } from './keys';
import { modelRows } from './models';
import { regionRows } from './regions';
import { allRows, withUniqueIds } from './row';
import { linesOf, storeRows } from './stores';
import { tenantRows } from './tenants';

/** The platform's company, where its customers asked about companies or have others besides it. */
function platformOf(lines: readonly InventoryLine[]): Pick<Evidence, 'platform'> {
  const euOwnedOnly = lines.some((line) => line.euOwnedOnly === true);
  const hasOthers = lines.some(({ destinations }) => destinations.some(({ external }) => external !== undefined));
  if (!euOwnedOnly && !hasOthers) return {};
  const { company, owner, ownerCountry, asOf } = PLATFORM;
  return { platform: { company, owner, ownerCountry, asOf, euOwnedOnly } };
}

/**
 * The evidence of what is synthesized: the same templates, facts and date give the same data. Whatever couldn't be read is a finding.
 *
 * @throws if a template's file can't be read again for its hash
 */
export function buildEvidence(inputs: Inputs, options: EvidenceOptions): Evidence {
  const context = contextOf(inputs, options);
  const lines = linesOf(context);
  const keys = keyRows(context);
  const models = modelRows(lines, context);
  const flows = flowRows(models, context);
  const found = context.report.findings.flatMap((finding) =>
    finding.place?.region === undefined ? [] : [{ region: finding.place.region, pointer: pointerOf(finding, context) }],
  );
  const sections = {
    regions: withUniqueIds(regionRows({ lines, keys, models, flows, found }, context)),
    tenants: withUniqueIds(tenantRows(context)),
    stores: withUniqueIds(storeRows(lines, context)),
    keys: withUniqueIds(keys),
    models: withUniqueIds(models),
    flows: withUniqueIds(flows),
    exceptions: withUniqueIds(exceptionRows(context)),
    findings: withUniqueIds(findingRows(context)),
    alarms: withUniqueIds(alarmRows(context)),
    ...platformOf(lines),
    ...(options.live !== undefined && { live: [...options.live] }),
    ...(options.drills !== undefined && { drills: withUniqueIds(drillRows(options.drills, models)) }),
  };
  return { format: 1, head: headOf(options, context, allRows(sections)), ...sections };
}
