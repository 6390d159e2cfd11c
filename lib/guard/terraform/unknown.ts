import { isMap } from '../template/node';
import type { Json } from '../template/parse';

/**
 * By address, what of a resource is known only after the plan is applied. The row of an object that a replacement left behind (`deposed`)
 * has the address of the resource too, but says nothing of what takes its place. If several other rows have one address, each of them counts.
 *
 * @param changes the rows of `resource_changes`
 */
export function unknownByAddress(changes: readonly Json[]): ReadonlyMap<string, unknown> {
  const unknown = new Map<string, unknown>();
  for (const { address, change, deposed } of changes) {
    if (!isMap(change) || isDeposed(deposed)) continue;
    const key = String(address);
    unknown.set(key, unknown.has(key) ? either(unknown.get(key), change.after_unknown) : change.after_unknown);
  }
  return unknown;
}

/** Terraform names what is left behind by a key. Anything else must not hide the only row of a resource. */
const isDeposed = (key: unknown): boolean => typeof key === 'string' && key !== '';

/** What is unknown in one of two rows. */
function either(one: unknown, other: unknown): unknown {
  if (one === true || other === true) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const [longer, shorter] = one.length < other.length ? [other, one] : [one, other];
    return longer.map((item, index) => either(item, shorter[index]));
  }
  if (!isParted(one)) return isParted(other) ? other : undefined;
  if (!isParted(other)) return one;
  // No provider says both of one value.
  if (!isMap(one) || !isMap(other)) return true;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, either(own(one, name), own(other, name))]));
}

const isParted = (value: unknown): boolean => Array.isArray(value) || isMap(value);

const own = (map: Json, name: string): unknown => (Object.hasOwn(map, name) ? map[name] : undefined);
