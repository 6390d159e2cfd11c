import { readBody } from '../http/read-body';
import { deeperThan } from '../http/read-json';
import { ApiError } from './api-error';
import { SCIM_TYPE } from './schema-urns';

/** An object of SCIM, by the names of its attributes in lower case: they have no case (RFC 7643, 2.1). */
export type Attributes = ReadonlyMap<string, unknown>;

/** Deeper than any attribute of SCIM. */
const MAX_DEPTH = 10;

const invalidSyntax = (message: string) => new ApiError(400, 'scim_invalid_syntax', message);

/**
 * The object in a request's body.
 *
 * @throws ApiError if it has another type, is too large, isn't JSON, or lacks a schema
 */
export async function readScim(request: Request, schema: string): Promise<Attributes> {
  const [type, ...options] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  const isKnown = [SCIM_TYPE, 'application/json'].includes(type?.trim() ?? '');
  if (!isKnown || options.some((option) => !/^\s*(charset="?utf-?8"?)?\s*$/.test(option))) {
    throw new ApiError(
      415,
      'unsupported_media_type',
      `'content-type' must be ${SCIM_TYPE} or application/json, in UTF-8`,
    );
  }
  const body = await readBody(request, 'change the members of a large group by PATCH, in several requests');
  const attributes = attributesOf(parsed(body));
  if (attributes === undefined || deeperThan(Object.fromEntries(attributes), MAX_DEPTH)) {
    throw invalidSyntax(`the body must be one JSON object, at most ${MAX_DEPTH} levels deep`);
  }
  const schemas = attributes.get('schemas');
  const names = Array.isArray(schemas) ? schemas.map((name) => `${name}`.toLowerCase()) : [];
  if (!names.includes(schema.toLowerCase())) throw invalidSyntax(`'schemas' must name ${schema}`);
  return attributes;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The engine's own message quotes the text around the mistake.
    throw invalidSyntax('the body is not valid JSON in UTF-8');
  }
}

/**
 * The attributes of an object; undefined if the value isn't one.
 *
 * @throws ApiError if two names differ in case only: one of the two values would be ignored
 */
export function attributesOf(value: unknown): Attributes | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const attributes = new Map(entries.map(([name, one]) => [name.toLowerCase(), one]));
  if (attributes.size === entries.length) return attributes;
  throw invalidSyntax('an object has an attribute twice, in different case; send it once');
}
