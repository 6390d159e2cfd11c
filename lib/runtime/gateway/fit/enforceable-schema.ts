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
  return refusedPart(schema) ?? (isRecursive(schema) ? 'the schema may not refer to itself' : undefined);
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

/** Whether following references leads back to a schema that is being followed. */
function isRecursive(root: unknown): boolean {
  const follow = (part: unknown, open: readonly string[]): boolean => {
    if (typeof part !== 'object' || part === null) return false;
    const { $ref } = part as JsonObject;
    if (typeof $ref === 'string') {
      if (open.includes($ref)) return true;
      return follow(at(root, $ref), [...open, $ref]);
    }
    return partsOf(part as JsonObject).some((inner) => follow(inner, open));
  };
  return follow(root, ['#']);
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
