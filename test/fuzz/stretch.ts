import fc from 'fast-check';

/** A little less than a request body may have. */
const MOST_BYTES = 4_400_000;

/** Fewer than a body may have, with those that it has already. */
const MOST_VALUES = 40_000;

type Json = unknown;
type Path = readonly (string | number)[];

/** A way to stretch one value of a body. */
interface Stretch {
  readonly how: keyof typeof WAYS;
  readonly where: number;
  readonly fill: string;
}

const FILLS = ['a', 'a ', '\u0000', 'é', '\u{1f600}', '{{a}}', '"', 'A', '\n', '[', ' ', '<a>', '1'];

/** Two levels of 20 references each back to the root, and a chain of pairs. */
const BOMB = {
  type: 'object',
  additionalProperties: false,
  properties: { ...named(60, () => ({ $ref: '#' })), array: { type: 'array', minItems: 3e7 } },
};
const PAIRS = {
  type: 'object',
  additionalProperties: false,
  properties: { a: { $ref: '#/$defs/p0' } },
  $defs: named(60, (n) => ({
    type: 'array',
    items: { anyOf: [{ $ref: `#/$defs/p${n + 1}` }, { $ref: `#/$defs/p${n + 1}` }] },
  })),
};

const WAYS = {
  long: (_: Json, fill: string, bytes: number) => repeated(fill, bytes),
  many: (value: Json, _: string, bytes: number) => copies(Array.isArray(value) ? (value[0] ?? value) : value, bytes),
  lists: (_: Json, fill: string, bytes: number) => copies([repeated(fill, 100)], bytes),
  keys: (value: Json, fill: string) => ({
    ...(typeof value === 'object' ? value : {}),
    ...named(MOST_VALUES / 2, () => fill),
  }),
  deep: (value: Json) => Array.from({ length: 90 }).reduce<Json>((inner) => ({ properties: { a: inner } }), value),
  flat: (value: Json) => Array.from({ length: 90 }).reduce<Json>((inner) => [inner], value),
  bomb: () => BOMB,
  pairs: () => PAIRS,
  huge: () => 1e308,
  large: () => 1_000_000,
  none: (value: Json) => value,
};

/** Bodies like one, with one to three of its values stretched as far as a body may be. */
export const stretched = (body: Json): fc.Arbitrary<Json> =>
  fc
    .array(
      fc.record<Stretch>({
        how: fc.constantFrom(...(Object.keys(WAYS) as (keyof typeof WAYS)[])),
        where: fc.nat(),
        fill: fc.constantFrom(...FILLS),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((stretches) => {
      const share = MOST_BYTES / stretches.length;
      const result = stretches.reduce((value, { how, where, fill }) => {
        const paths = pathsOf(body);
        return replaced(value, paths[where % paths.length] ?? [], (inner) => WAYS[how](inner, fill, share));
      }, body);
      return bytesOf(result) > MOST_BYTES ? body : result;
    });

function named<T>(count: number, of: (n: number) => T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, of(n)]));
}

const bytesOf = (value: Json) => Buffer.byteLength(JSON.stringify(value) ?? '');

const repeated = (fill: string, bytes: number) =>
  fill.repeat(Math.max(1, Math.floor((bytes - 1_000) / (bytesOf(fill) - 2))));

function copies(value: Json, bytes: number): Json[] {
  const values = JSON.stringify(value ?? null).split(/[,:[{]/).length;
  const count = Math.min((bytes - 1_000) / (bytesOf(value ?? null) + 1), MOST_VALUES / values);
  return Array.from({ length: Math.max(1, Math.floor(count)) }, () => value);
}

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function replaced(value: Json, [step, ...rest]: Path, change: (inner: Json) => Json): Json {
  if (step === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  Reflect.set(copy, step, replaced(Reflect.get(value, step), rest, change));
  return copy;
}
