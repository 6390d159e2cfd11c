import { MODELS_METADATA, TAGS } from '../../contract/tags';
import { counted } from '../../guard/report/report';
import { isMap } from '../../guard/template/node';
import type { Placed } from '../../report/access/assembly';
import { type Cell, ENFORCED, NOTHING } from '../../report/inventory-line';
import { type EvidenceContext, pointerTo } from './context';
import type { TenantRow } from './evidence';
import { placeVerdict } from './place';
import { idOf, rowOf, statedOf, type Verdict } from './row';
import { type TenantTag, tagOf, tenantOf } from './tenant-tag';

/** The workspaces and projects, by the tags of their resources. */
export function tenantRows(context: EvidenceContext): TenantRow[] {
  const byTenant = new Map<string, { readonly owner: TenantTag; readonly placed: Placed }>();
  for (const placed of context.assembly.resources) {
    const owner = tenantOf(placed.resource.raw);
    if (owner === undefined) continue;
    const known = byTenant.get(owner.tag)?.placed;
    // The function of the gateway says which models there are. A workspace's replicas are in a stack without one.
    if (known === undefined || (modelsOf(known).length === 0 && modelsOf(placed).length > 0))
      byTenant.set(owner.tag, { owner, placed });
  }
  const gateways = context.assembly.resources.filter((placed) => modelsOf(placed).length > 0);
  return [...byTenant.values()].map(({ owner: { tag, kind, tenant }, placed }) => {
    const { stack, region, resource } = placed;
    const verdict = statedOf([
      placeVerdict('tenant.place', region, stack, context),
      networkVerdict(gateways.filter((one) => tenantOf(one.resource.raw)?.tag === tag)),
    ]);
    return {
      ...rowOf(idOf('tenant', tag), verdict, pointerTo(placed, context), context),
      kind,
      tenant,
      stack,
      region,
      retention: kind === 'project' ? NO_CONTENT : retentionOf(tagOf(resource.raw, TAGS.retention)),
      models: modelsOf(placed),
    };
  });
}

/** Whether a tenant's gateways, which process prompts and answers, are in a VPC. */
function networkVerdict(gateways: readonly Placed[]): Verdict | undefined {
  const isIn = ({ resource }: Placed) => resource.select('VpcConfig', 'SubnetIds', '*').length > 0;
  if (gateways.every((one) => isIn(one) && !one.resource.mayLack('VpcConfig'))) return undefined;
  return {
    criterion: 'tenant.network',
    status: 'failed',
    reason: 'Its gateway is in no VPC, so nothing in the template keeps it from the internet.',
    remedy: "Set 'VpcConfig' of the gateway's function to subnets without a route to the internet.",
    basis: ENFORCED,
  };
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
