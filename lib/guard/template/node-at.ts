/**
 * The node at a JSON pointer in a resource. A pointer ignores the branches of an intrinsic function, so there the result is
 * the function itself.
 */
export function nodeAt(root: unknown, pointer: string): unknown {
  let node = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return node;
    node = (node as Record<string, unknown>)[name];
  }
  return node;
}
