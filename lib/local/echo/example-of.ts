type Schema = Readonly<Record<string, unknown>>;

const DEEPEST = 12;

/** The smallest value that a JSON schema allows, as far as its usual words go; the same schema has the same example. */
export function exampleOf(schema: unknown, root: unknown = schema, depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > DEEPEST) return null;
  const { $ref, const: constant, enum: values, anyOf, oneOf, allOf, default: given } = schema as Schema;
  if (typeof $ref === 'string') return exampleOf(resolve($ref, root), root, depth + 1);
  if (constant !== undefined) return constant;
  if (Array.isArray(values)) return values[0];
  if (given !== undefined) return given;
  const [first] = [anyOf, oneOf].find(Array.isArray) ?? [];
  if (first !== undefined) return exampleOf(first, root, depth + 1);
  if (Array.isArray(allOf))
    return exampleOf(Object.assign({}, schema, { allOf: undefined }, ...allOf), root, depth + 1);
  return byType(schema as Schema, root, depth);
}

function byType(schema: Schema, root: unknown, depth: number): unknown {
  const { type, properties, required, items, minItems, minimum, exclusiveMinimum, minLength, format } = schema;
  switch (Array.isArray(type) ? type[0] : (type ?? (properties === undefined ? undefined : 'object'))) {
    case 'object': {
      const wanted = Array.isArray(required) ? (required as string[]) : Object.keys(properties ?? {});
      const entries = wanted.map((name) => [
        name,
        exampleOf((properties as Schema | undefined)?.[name] ?? {}, root, depth + 1),
      ]);
      return Object.fromEntries(entries);
    }
    case 'array':
      return Array.from({ length: Number(minItems ?? 1) }, () => exampleOf(items ?? {}, root, depth + 1));
    case 'integer':
    case 'number':
      return Number(minimum ?? (exclusiveMinimum === undefined ? 1 : Number(exclusiveMinimum) + 1));
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return (FORMATS[String(format)] ?? 'echo').padEnd(Number(minLength ?? 0), '.');
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  date: '2025-02-05',
  'date-time': '2025-02-05T00:00:00Z',
  email: 'echo@example.eu',
  uri: 'https://example.eu/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** Only pointers into the same schema; nothing is ever fetched. */
function resolve(reference: string, root: unknown): unknown {
  if (!reference.startsWith('#')) return undefined;
  return reference
    .slice(1)
    .split('/')
    .filter((step) => step !== '')
    .reduce<unknown>((value, step) => (value as Schema | undefined)?.[step.replaceAll('~1', '/')], root);
}
