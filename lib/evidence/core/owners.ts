import type { Placed } from '../../report/access/assembly';
import type { EvidenceContext } from './context';
import { tenantOf } from './tenant-tag';

/** Finds the tag of the tenant of a resource: its own, or that of all others of its stack, since not every type of resource has tags. */
export function ownersOf({ assembly }: EvidenceContext): (stack: string, placed?: Placed) => string | undefined {
  const byStack = new Map<string, Set<string>>();
  for (const { stack, resource } of assembly.resources) {
    const tag = tenantOf(resource.raw)?.tag;
    if (tag !== undefined) byStack.set(stack, (byStack.get(stack) ?? new Set()).add(tag));
  }
  return (stack, placed) => {
    const tags = [...(byStack.get(stack) ?? [])];
    return tenantOf(placed?.resource.raw)?.tag ?? (tags.length === 1 ? tags[0] : undefined);
  };
}
