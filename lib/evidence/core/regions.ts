import { findRegion } from '../../facts/region';
import type { InventoryLine } from '../../report/inventory-line';
import type { EvidenceContext } from './context';
import type { EvidencePointer, FlowRow, KeyRow, ModelRow, RegionRow, RegionUse } from './evidence';
import { placeVerdict, UNKNOWN_REGION } from './place';
import { idOf, rowOf } from './row';
import { isStore, pointerOf } from './stores';

/** The other sections, from which the Regions follow. */
interface Sections {
  readonly lines: readonly InventoryLine[];
  readonly keys: readonly KeyRow[];
  readonly models: readonly ModelRow[];
  readonly flows: readonly FlowRow[];
  /** The findings, each with the Region that it names. */
  readonly found: readonly Use[];
}

/** A Region, with the first place that refers to it. */
export interface Use {
  readonly region: string;
  readonly pointer: EvidencePointer;
  /** @default - it is only referred to */
  readonly use?: RegionUse;
}

/** Every Region that holds or may process something, and each that something refers to, by its code. */
export function regionRows(sections: Sections, context: EvidenceContext): RegionRow[] {
  const uses = usesOf(sections, context).filter(({ region }) => region !== UNKNOWN_REGION);
  return [...new Set(uses.map(({ region }) => region))].sort().map((region) => {
    const own = uses.filter((one) => one.region === region);
    const { pointer } = own[0] as Use;
    const fact = findRegion(region);
    return {
      ...rowOf(
        idOf('region', region),
        placeVerdict('region.place', region, pointer.stack ?? '', context),
        pointer,
        context,
      ),
      region,
      name: fact?.city ?? region,
      country: fact?.country ?? 'unknown',
      isInside: context.boundary.containsRegion(region),
      uses: ORDER.filter((name) => own.some(({ use }) => use === name)),
    };
  });
}

const ORDER: readonly RegionUse[] = ['stores', 'keys', 'gateway', 'inference', 'recovery'];

function usesOf({ lines, keys, models, flows, found }: Sections, context: EvidenceContext): Use[] {
  return [
    ...lines.map((line) => ({
      region: line.region,
      pointer: pointerOf(line, context),
      use: isStore(line) ? ('stores' as const) : ('gateway' as const),
    })),
    ...keys.flatMap(({ region, pointer }) =>
      region.split(', ').map((one) => ({ region: one, pointer, use: 'keys' as const })),
    ),
    ...models.flatMap(({ sourceRegion, regions, pointer }) =>
      [sourceRegion, ...regions].map((region) => ({ region, pointer, use: 'inference' as const })),
    ),
    ...flows.map(({ kind, to, pointer }) => ({
      region: to,
      pointer,
      ...((kind === 'replication' || kind === 'key copy') && { use: 'recovery' as const }),
    })),
    ...found,
  ];
}
