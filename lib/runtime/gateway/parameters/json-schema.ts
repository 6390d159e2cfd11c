import * as z from 'zod/mini';
import { jsonObject } from './function-name';

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

const EXPECTED =
  'may refer only to parts of itself, by a `$ref` that begins with "#": a provider or server could fetch any other; write the schema itself there';

/**
 * Refuses a schema that refers to another one. Nothing here fetches it, but a server behind a destination may resolve references. An
 * example or a default isn't a schema, but not every library tells them apart.
 */
export const onlyLocalReferences = z.refine<object>((schema) => !refersElsewhere(schema), {
  params: { code: 'residency_remote_content_refused', expected: EXPECTED },
});

/** A JSON schema, which is passed on unchanged. */
export const jsonSchema = jsonObject.check(onlyLocalReferences);

function refersElsewhere(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  const isRemote = REFERENCES.some((name) => {
    const reference: unknown = Object.hasOwn(part, name) ? (part as Record<string, unknown>)[name] : undefined;
    return typeof reference === 'string' && !reference.startsWith('#');
  });
  return isRemote || Object.values(part).some(refersElsewhere);
}
