import type { InventoryLine } from './inventory-line';

/** Stores of one stack that differ in nothing but their names. */
export interface InventoryGroup {
  /** `23 log groups`, or the name of the only one. */
  readonly name: string;
  readonly first: InventoryLine;
}

/** Stores of the same kind, Region, key and retention together, in the order of their first; a gateway stays alone. */
export function grouped(lines: readonly InventoryLine[]): InventoryGroup[] {
  const groups = new Map<string, InventoryLine[]>();
  for (const line of lines) {
    const { name, stack, kind, region, key, retention, destinations } = line;
    const alone = key === undefined || destinations.length > 0 ? name : '';
    const id = JSON.stringify([stack, kind, region, key, retention, alone]);
    groups.set(id, [...(groups.get(id) ?? []), line]);
  }
  const order = [...new Set(lines.map(placeOf))];
  return [...groups.values()]
    .map((group) => ({ group, first: group[0] as InventoryLine }))
    .sort((a, b) => order.indexOf(placeOf(a.first)) - order.indexOf(placeOf(b.first)))
    .map(({ group, first }) => ({
      name: group.length === 1 ? `${first.name} (${first.kind})` : `${group.length} ${first.kind}s`,
      first,
    }));
}

const placeOf = ({ stack, region }: InventoryLine) => `${stack} ${region}`;
