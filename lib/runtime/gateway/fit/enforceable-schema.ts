import type { JsonObject } from '../converse/model-request';

/** Keywords that Bedrock's structured output refuses. */
const REFUSED: ReadonlySet<string> = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'maxItems'],
]);

/** Keywords that hold schemas by name. */
const NAMED: ReadonlySet<string> = new Set([
  'properties',
  '$defs',
  'definitions',
  'patternProperties',
  'dependentSchemas',
]);

/** Keywords that hold values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'required']);

/** Why Bedrock can't enforce a schema itself, in one clause; none if it can. */
export function unenforceable(schema: unknown): string | undefined {
  return refusedPart(schema) ?? unfollowable(schema);
}

function refusedPart(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { type, additionalProperties, minItems, pattern } = schema as JsonObject;
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  if (isObject && additionalProperties !== false) {
    return 'every object of the schema needs "additionalProperties": false';
  }
  const refused = Object.keys(schema).find((key) => REFUSED.has(key));
  if (refused !== undefined) return `the schema may not contain "${refused}"`;
  if (typeof minItems === 'number' && minItems > 1) return 'the schema may contain "minItems" only as 0 or 1';
  if (typeof pattern === 'string' && /\(\?<?[=!]/.test(pattern)) return 'a "pattern" may not look ahead or behind';
  for (const part of partsOf(schema as JsonObject)) {
    const found = refusedPart(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The schemas directly within a schema. */
function partsOf(schema: JsonObject): unknown[] {
  return Object.entries(schema).flatMap(([key, value]): unknown[] => {
    if (VALUES.has(key) || typeof value !== 'object' || value === null) return [];
    return NAMED.has(key) || Array.isArray(value) ? Object.values(value) : [value];
  });
}

/** Objects and references within each other. A chain of references can be longer than the depth of its JSON. */
const DEEPEST = 500;

/** Why the references of a schema can't be followed to their end; undefined if they can. Each schema is visited once. */
function unfollowable(root: unknown): string | undefined {
  const open = new Set<object>();
  const done = new Set<object>();
  const follow = (part: unknown): string | undefined => {
    if (typeof part !== 'object' || part === null || done.has(part)) return undefined;
    if (open.has(part)) return 'the schema may not refer to itself';
    if (open.size === DEEPEST) return `the schema may nest objects and references at most ${DEEPEST} deep`;
    open.add(part);
    const { $ref } = part as JsonObject;
    for (const inner of typeof $ref === 'string' ? [at(root, $ref)] : partsOf(part as JsonObject)) {
      const found = follow(inner);
      if (found !== undefined) return found;
    }
    open.delete(part);
    done.add(part);
    return undefined;
  };
  return follow(root);
}

/** The schema that a local reference, such as `#/$defs/city`, names. */
const at = (root: unknown, ref: string): unknown =>
  ref
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (part, name) => (typeof part === 'object' && part !== null ? (part as JsonObject)[name] : undefined),
      root,
    );
