/**
 * The node at a JSON pointer in a resource, with its own pointer. A pointer ignores the branches of an intrinsic function, and what is
 * inside a text, so there the result is the function or text itself.
 */
export function locatedNode(root: unknown, pointer: string): { readonly path: string; readonly node: unknown } {
  let node = root;
  let path = '';
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) break;
    node = (node as Record<string, unknown>)[name];
    path += `/${step}`;
  }
  return { path, node };
}

/** The same without its pointer. */
export const nodeAt = (root: unknown, pointer: string): unknown => locatedNode(root, pointer).node;
