import { ExampleBudget } from './example-budget';

type Schema = Readonly<Record<string, unknown>>;

const DEEPEST = 12;

/**
 * The smallest value that a JSON schema allows, as far as its usual words go; the same schema has the same example. What exceeds the
 * budget is `null`, or left out.
 */
export const exampleOf = (schema: unknown, budget = new ExampleBudget()): unknown =>
  new Example(schema, budget).of(schema, 0);

class Example {
  constructor(
    private readonly root: unknown,
    private readonly budget: ExampleBudget,
  ) {}

  public of(schema: unknown, depth: number): unknown {
    if (!this.budget.value() || typeof schema !== 'object' || schema === null || depth > DEEPEST) return null;
    const { $ref, const: constant, enum: values, anyOf, oneOf, allOf, default: given } = schema as Schema;
    if (typeof $ref === 'string') {
      return this.budget.text($ref.length) ? this.of(resolve($ref, this.root), depth + 1) : null;
    }
    if (constant !== undefined) return this.given(constant);
    if (Array.isArray(values)) return this.given(values[0]);
    if (given !== undefined) return this.given(given);
    const [first] = [anyOf, oneOf].find(Array.isArray) ?? [];
    if (first !== undefined) return this.of(first, depth + 1);
    if (Array.isArray(allOf)) {
      if (!this.budget.text(allOf.length)) return null;
      return this.of(Object.assign({}, schema, { allOf: undefined }, ...allOf), depth + 1);
    }
    return this.byType(schema as Schema, depth);
  }

  /** A value of the schema itself, which may be long and be used often. */
  private given(value: unknown): unknown {
    return this.budget.text(JSON.stringify(value ?? null).length) ? value : null;
  }

  private byType(schema: Schema, depth: number): unknown {
    const { type, properties, minimum, exclusiveMinimum, minLength, format } = schema;
    switch (Array.isArray(type) ? type[0] : (type ?? (properties === undefined ? undefined : 'object'))) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return this.array(schema, depth);
      case 'integer':
      case 'number':
        return Number(minimum ?? (exclusiveMinimum === undefined ? 1 : Number(exclusiveMinimum) + 1));
      case 'boolean':
        return true;
      case 'null':
        return null;
      default: {
        const text = FORMATS[String(format)] ?? 'echo';
        const length = Number(minLength) || 0;
        return this.budget.text(Math.max(length, text.length)) ? text.padEnd(length, '.') : text;
      }
    }
  }

  private object({ properties, required }: Schema, depth: number): unknown {
    const example: [string, unknown][] = [];
    for (const name of Array.isArray(required) ? required.map(String) : Object.keys(properties ?? {})) {
      if (this.budget.isSpent || !this.budget.text(name.length)) break;
      example.push([name, this.of((properties as Schema | undefined)?.[name] ?? {}, depth + 1)]);
    }
    return Object.fromEntries(example);
  }

  private array({ items, minItems }: Schema, depth: number): unknown {
    const example: unknown[] = [];
    const length = Number(minItems ?? 1);
    while (example.length < length && !this.budget.isSpent) example.push(this.of(items ?? {}, depth + 1));
    return example;
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
