import { isMap } from './node';

/** A path whose value a merge took from `Globals`, or whose own value it moved within a list. */
export interface MovedPath {
  /** JSON pointer below `Properties` after the merge. */
  readonly from: string;
  /** JSON pointer before the merge: below the `Globals` section, or below the resource's own `Properties`. */
  readonly to: string;
  readonly global: boolean;
}

/**
 * Merges a `Globals` section into a resource's own properties as SAM does: maps key by key, lists by concatenation with the
 * global items first; for anything else, the resource's own value wins.
 */
export function merged(global: unknown, own: unknown, path: string, moved: MovedPath[]): unknown {
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

/** Whether SAM merges a mapping key by key; it treats an intrinsic function call as one value. */
function isPlain(node: unknown): node is Readonly<Record<string, unknown>> {
  if (!isMap(node)) return false;
  const [name, ...others] = Object.keys(node);
  return others.length > 0 || !(name === 'Ref' || name === 'Condition' || name?.startsWith('Fn::'));
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
