import { ApiError } from './api-error';
import { readBody } from './read-body';

/** Deeper than any schema or message in use, and shallow enough for every recursive function over the value. */
export const MAX_DEPTH = 100;

/**
 * More than the longest conversation has, in which each text or image is one value. Validation creates an issue for every wrong value,
 * and all of them must fit into memory and into one call.
 */
const MAX_VALUES = 50_000;

/**
 * The JSON object in a request's body.
 *
 * @throws ApiError if it has another type, is compressed, is too large, not UTF-8 or not a JSON object
 */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const [type, ...options] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  if (type?.trim() !== 'application/json' || options.some((option) => !/^\s*(charset="?utf-?8"?)?\s*$/.test(option))) {
    throw new ApiError(415, 'unsupported_media_type', "'content-type' must be application/json, in UTF-8");
  }
  const value = parse(
    await readBody(request, 'send fewer or smaller images, or a shorter conversation'),
    request.headers,
  );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'invalid_json', 'the body must be a JSON object');
  }
  if (holdsMoreThan(value, MAX_VALUES)) {
    throw new ApiError(
      400,
      'invalid_json',
      `the body may have at most ${MAX_VALUES} values in total, including those in lists`,
    );
  }
  if (deeperThan(value, MAX_DEPTH)) {
    throw new ApiError(400, 'invalid_json', `the body may nest objects and lists at most ${MAX_DEPTH} deep`);
  }
  return value as Record<string, unknown>;
}

function parse(body: Uint8Array, headers: Headers): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
      throw new ApiError(
        415,
        'unsupported_media_type',
        "the body must not be compressed: leave out 'content-encoding'",
      );
    }
    // The engine's own message quotes the text around the mistake.
    throw new ApiError(400, 'invalid_json', 'the body is not valid JSON in UTF-8');
  }
}

/** Whether a value nests objects and lists deeper than a limit. */
export function deeperThan(value: object, limit: number): boolean {
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === limit) return true;
    level = level.flatMap((node) => Object.values(node).filter((child) => typeof child === 'object' && child !== null));
  }
  return false;
}

function holdsMoreThan(value: object, limit: number): boolean {
  const nodes: object[] = [value];
  let count = 0;
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const children = Object.values(node);
    count += children.length;
    if (count > limit) return true;
    for (const child of children) if (typeof child === 'object' && child !== null) nodes.push(child);
  }
  return false;
}
