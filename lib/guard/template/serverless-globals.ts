import { isMap } from './node';

/** What a merge took from `Globals`, and where lists have moved what the resource itself says. */
export interface Moved {
  /** JSON pointer below `Properties` once merged. */
  readonly from: string;
  /** JSON pointer before: below the section of `Globals`, or below the resource's own `Properties`. */
  readonly to: string;
  readonly global: boolean;
}

/**
 * Merges a section of `Globals` into a resource's own properties as SAM does: maps key by key, lists one after the other
 * with the global items first, anything else by what the resource says.
 */
export function merged(global: unknown, own: unknown, path: string, moved: Moved[]): unknown {
  if (own === undefined) {
    moved.push({ from: path, to: path, global: true });
    return global;
  }
  if (Array.isArray(global) && Array.isArray(own)) {
    for (const [index] of global.entries())
      moved.push({ from: `${path}/${index}`, to: `${path}/${index}`, global: true });
    for (const [index] of own.entries())
      moved.push({ from: `${path}/${global.length + index}`, to: `${path}/${index}`, global: false });
    return [...global, ...own];
  }
  if (!isPlain(global) || !isPlain(own)) return own;
  const keys = [...new Set([...Object.keys(global), ...Object.keys(own)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      Object.hasOwn(global, key)
        ? merged(global[key], Object.hasOwn(own, key) ? own[key] : undefined, `${path}/${escaped(key)}`, moved)
        : own[key],
    ]),
  );
}

/** A mapping that SAM looks into; a call of a function is one value to it. */
function isPlain(node: unknown): node is Readonly<Record<string, unknown>> {
  if (!isMap(node)) return false;
  const [name, ...others] = Object.keys(node);
  return others.length > 0 || !(name === 'Ref' || name === 'Condition' || name?.startsWith('Fn::'));
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
