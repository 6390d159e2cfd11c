/**
 * The node of a resource that a JSON pointer leads to. A pointer goes through the branches of an intrinsic function as if
 * they weren't there; it then ends at that function.
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
