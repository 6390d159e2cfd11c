const known = new WeakMap<object, ReadonlySet<string>>();

/** The names of parameters in a schema, at any depth. A name that a client chooses, such as that of a label, isn't one of them. */
export function namesIn(schema: object): ReadonlySet<string> {
  const names = known.get(schema) ?? collected(schema);
  known.set(schema, names);
  return names;
}

function collected(schema: object): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const left: unknown[] = [schema];
  while (left.length > 0) {
    const node = left.pop();
    if (seen.has(node)) continue;
    seen.add(node);
    if (Array.isArray(node)) left.push(...node);
    const definition = definitionOf(node);
    if (definition === undefined) continue;
    const { shape = {}, getter, ...others } = definition;
    for (const name of Object.keys(shape)) names.add(name);
    left.push(...Object.values(shape), ...Object.values(others), getter?.());
  }
  return names;
}

interface Definition {
  /** The fields of an object. */
  readonly shape?: Readonly<Record<string, unknown>>;
  /** The schema that a recursive one refers to. */
  readonly getter?: () => unknown;
}

/** What a schema of zod was made from. */
const definitionOf = (node: unknown): Definition | undefined =>
  (node as { readonly _zod?: { readonly def: Definition } } | null | undefined)?._zod?.def;
