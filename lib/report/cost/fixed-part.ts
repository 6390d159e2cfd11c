import type { TemplateInput } from '../../guard/assembly/template-input';
import { billingOf } from './billing';
import type { CostLine } from './cost-line';
import type { Counted } from './counted';
import { centsOf } from './money';
import { servicePrice } from './price';
import { propertiesOf, resourcesOf } from './resources';
import { tenantOf } from './tenant-of';

/** The fixed part of a bill, and what the rest depends on. */
export interface FixedPart {
  readonly lines: readonly CostLine[];
  /** How AWS bills the types that cost nothing until they are used, sorted by type. */
  readonly byUse: readonly { readonly type: string; readonly by: string }[];
  /** The types of which nothing is known, sorted. */
  readonly unknown: readonly string[];
}

/** The Region of a template that names none. */
const ANY_REGION = 'unknown';

/** What the resources of templates cost in a month without any use. */
export function fixedPart(templates: readonly TemplateInput[], now: Date): FixedPart {
  const lines = new Map<string, CostLine>();
  const byUse = new Map<string, string>();
  const unknown = new Set<string>();
  for (const { template, deployRegion: region = ANY_REGION } of templates) {
    const tenant = tenantOf(template);
    for (const resource of resourcesOf(template)) {
      const type = `${resource.Type}`;
      const billing = billingOf(type);
      if (billing === undefined) unknown.add(type);
      if (billing?.kind === 'use') byUse.set(type, billing.by);
      const counted: readonly Counted[] =
        billing === undefined
          ? [{ item: type }]
          : billing.kind === 'fixed'
            ? billing.count(propertiesOf(resource))
            : [];
      for (const { item, price: id, quantity } of counted) {
        const price = id && servicePrice(id, region, now);
        const key = [tenant, region, item, id].join('\0');
        const before = lines.get(key);
        const total = before === undefined ? quantity : added(before.quantity, quantity);
        lines.set(key, {
          tenant,
          part: 'fixed',
          region,
          item,
          ...(total !== undefined && { quantity: total }),
          ...(price && { price }),
          cents: centsOf(price, total),
        });
      }
    }
  }
  return {
    lines: [...lines.values()],
    byUse: [...byUse].map(([type, by]) => ({ type, by })).sort((a, b) => a.type.localeCompare(b.type)),
    unknown: [...unknown].sort(),
  };
}

const added = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a + b;
