/** Fields by which CloudFormation and its services name the entries of a list. */
const NAMES = ['Name', 'Key', 'Id', 'Sid', 'RuleName', 'ParameterKey'];

/**
 * A JSON pointer for people: an entry of a list that has a name of its own there is written as `Tags[owner]`, not by its
 * position. The rest of the pointer stays as it is.
 */
export function namedPath(root: unknown, pointer: string): string {
  let node = root;
  return pointer
    .split('/')
    .map((step, index) => {
      if (index === 0) return step;
      const list = node;
      node = childOf(node, step.replaceAll('~1', '/').replaceAll('~0', '~'));
      const name = Array.isArray(list) ? nameIn(list, node) : undefined;
      return name === undefined ? `/${step}` : `[${name}]`;
    })
    .join('');
}

function childOf(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** The name of an entry, if no other entry of the list has it. */
function nameIn(list: readonly unknown[], entry: unknown): string | undefined {
  const field = NAMES.find((name) => isName(childOf(entry, name)));
  if (field === undefined) return undefined;
  const name = childOf(entry, field) as string;
  return list.filter((other) => childOf(other, field) === name).length === 1 ? name : undefined;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[^[\]/\s]{1,64}$/.test(value);
