import { MODELS_METADATA, TAGS } from '../../contract/tags';
import { counted } from '../../guard/report/report';
import { isMap } from '../../guard/template/node';
import type { Placed } from '../../report/access/assembly';
import { type Cell, ENFORCED, NOTHING } from '../../report/inventory-line';
import { type EvidenceContext, pointerTo } from './context';
import type { TenantRow } from './evidence';
import { placeVerdict } from './place';
import { idOf, rowOf } from './row';

/** The workspaces and projects, by the tags of their resources. */
export function tenantRows(context: EvidenceContext): TenantRow[] {
  const byTenant = new Map<string, Placed>();
  for (const placed of context.assembly.resources) {
    const tenant = tagOf(placed, TAGS.tenant);
    if (tenant === undefined) continue;
    const known = byTenant.get(tenant);
    // The function of the gateway says which models there are. A workspace's replicas are in a stack without one.
    if (known === undefined || (modelsOf(known).length === 0 && modelsOf(placed).length > 0))
      byTenant.set(tenant, placed);
  }
  return [...byTenant].map(([tag, placed]) => {
    const { stack, region } = placed;
    const workspace = /^workspace\/(.+)$/.exec(tag)?.[1];
    const tenant = workspace ?? tag;
    const verdict = placeVerdict('tenant.place', region, stack, context);
    return {
      ...rowOf(idOf('tenant', tag), verdict, pointerTo(placed, context), context),
      kind: workspace === undefined ? 'project' : 'workspace',
      tenant,
      stack,
      region,
      retention: workspace === undefined ? NO_CONTENT : retentionOf(tagOf(placed, TAGS.retention)),
      models: modelsOf(placed),
    };
  });
}

const NO_CONTENT: Cell = { text: 'stores no content', basis: ENFORCED };

function retentionOf(tag: string | undefined): Cell {
  const [, days] = /^(\d+)d$/.exec(tag ?? '') ?? [];
  if (days === undefined) return { text: 'until deleted', basis: NOTHING };
  return { text: counted(Number(days), 'day'), basis: { kind: 'set', by: "the item's writer" } };
}

function modelsOf({ resource: { raw } }: Placed): string[] {
  const models = isMap(raw.Metadata) ? raw.Metadata[MODELS_METADATA] : undefined;
  return isMap(models) ? Object.keys(models) : [];
}

function tagOf({ resource: { raw } }: Placed, key: string): string | undefined {
  const tags = isMap(raw.Properties) && Array.isArray(raw.Properties.Tags) ? raw.Properties.Tags : [];
  const tag: unknown = tags.find((one) => isMap(one) && one.Key === key);
  return isMap(tag) && typeof tag.Value === 'string' ? tag.Value : undefined;
}
