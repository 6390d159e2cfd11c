import type { Placed } from '../../report/access/assembly';
import { wholeInventory } from '../../report/inventory';
import type { InventoryLine } from '../../report/inventory-line';
import { type EvidenceContext, resourcePath } from './context';
import type { EvidencePointer, StoreRow } from './evidence';
import { ownersOf } from './owners';
import { placeVerdict } from './place';
import { idOf, rowOf, statedOf, type Verdict } from './row';
import { trailOf, trailVerdict } from './trails';

/** The stores and gateways of the templates. */
export const linesOf = ({ templates, boundaryOf, now, profileRows }: EvidenceContext): InventoryLine[] =>
  wholeInventory(templates, { boundaryOf, now, profileRows });

/** Whether a line is about content that is stored, and not about a gateway. */
export const isStore = ({ key, retention }: InventoryLine): boolean => key !== undefined || retention !== undefined;

/** Where a line of the inventory is in its template. */
export const pointerOf = (line: InventoryLine, context: EvidenceContext): EvidencePointer => ({
  stack: line.stack,
  construct: line.name,
  file: context.fileOf(line.file),
  path: resourcePath(line.logicalId),
});

/** Finds the resource of a line, the first if two stacks have one name, without a search through all of them for each line. */
function finderOf({ assembly }: EvidenceContext): (line: InventoryLine) => Placed | undefined {
  const stacks = new Map<string, Map<string, Placed>>();
  for (const placed of assembly.resources) {
    const { stack, resource } = placed;
    const known = stacks.get(stack) ?? new Map<string, Placed>();
    if (!known.has(resource.logicalId)) known.set(resource.logicalId, placed);
    stacks.set(stack, known);
  }
  return ({ stack, logicalId }) => stacks.get(stack)?.get(logicalId);
}

/** Everything that stores content. */
export function storeRows(lines: readonly InventoryLine[], context: EvidenceContext): StoreRow[] {
  const ownerOf = ownersOf(context);
  const placedAt = finderOf(context);
  return lines.filter(isStore).map((line) => {
    const placed = placedAt(line);
    const tenant = ownerOf(line.stack, placed);
    const trail = placed === undefined ? undefined : trailOf(placed, context);
    const { stack, name, kind, region, country, key, retention, parts } = line;
    const stated = statedOf([
      placeVerdict('store.place', region, stack, context),
      trailVerdict(trail),
      keyVerdict(line),
      retentionVerdict(line),
    ]);
    return {
      ...rowOf(idOf('store', stack, name, region), stated, pointerOf(line, context), context),
      stack,
      name,
      kind,
      region,
      country,
      ...(key !== undefined && { key }),
      ...(retention !== undefined && { retention }),
      ...(parts !== undefined && { parts }),
      ...(tenant !== undefined && { tenant }),
      ...(trail !== undefined && { trail }),
    };
  });
}

function keyVerdict({ key }: InventoryLine): Verdict | undefined {
  if (key === undefined || key.basis.kind === 'enforced') return undefined;
  const criterion = 'store.key';
  // A parameter's default is only what is used unless another value is set.
  if (key.basis.kind === 'none') {
    return {
      criterion,
      status: 'attention',
      reason: `It has no customer managed key (${key.text}), so IAM alone decides who reads it.`,
      remedy: 'Encrypt it under a customer managed key, whose policy also limits who reads it.',
      basis: key.basis,
    };
  }
  return {
    criterion,
    status: 'unknown',
    reason: 'Its key is named at deployment, so the report can say nothing about it.',
    remedy: 'Name the key in the template, and synthesize again.',
    basis: key.basis,
  };
}

function retentionVerdict({ retention }: InventoryLine): Verdict | undefined {
  if (retention === undefined || retention.basis.kind !== 'none') return undefined;
  return {
    criterion: 'store.retention',
    status: 'attention',
    reason: `Nothing in the template ends the retention of its content: ${retention.text}.`,
    remedy: 'Set a period, or write down why the content has no end.',
    basis: retention.basis,
  };
}
