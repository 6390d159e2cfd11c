import type { Content } from './context/content';
import { ApiError } from './errors/api-error';

/** A stored response. */
export const RESPONSE = '/v1/responses/:id';
export const RESPONSE_METHODS = 'GET, HEAD, DELETE';

const METHODS = [
  ['/v1/chat/completions', 'POST'],
  ['/v1/responses', 'POST'],
  [RESPONSE, RESPONSE_METHODS],
  ['/v1/messages', 'POST'],
  ['/v1/messages/count_tokens', 'POST'],
  ['/v1/embeddings', 'POST'],
  ['/v1/models', 'GET, HEAD'],
  ['/v1/models/:id', 'GET, HEAD'],
] as const;

/** What the owners of a request's limits used. */
export const USAGE = '/v1/usage';

/** What only some gateways serve. */
interface Further {
  readonly content: Content | undefined;
  readonly hasUsage: boolean;
}

/** The methods of each path. */
export function methodsOf({ content, hasUsage }: Further): (readonly [path: string, allow: string])[] {
  const methods = new Map<string, string>();
  for (const { method, path } of content?.routes ?? []) {
    const allow = method === 'GET' ? 'GET, HEAD' : method;
    methods.set(path, [methods.get(path), allow].filter((text) => text !== undefined).join(', '));
  }
  // The first entry of a path counts.
  return [...METHODS, ...(hasUsage ? ([[USAGE, 'GET, HEAD']] as const) : []), ...methods];
}

/** @throws ApiError always, with the methods that a path accepts */
export function methodNotAllowed(allow: string): never {
  throw new ApiError(405, 'method_not_allowed', `this path accepts only ${allow}`, { headers: { allow } });
}

/** The answer to a path that doesn't exist. */
export const unknownUrl = ({ content, hasUsage }: Further) =>
  new ApiError(
    404,
    'unknown_url',
    "this path doesn't exist; this gateway serves POST /v1/chat/completions, POST /v1/responses, POST /v1/messages, " +
      `POST /v1/messages/count_tokens, POST /v1/embeddings, GET /v1/models, GET /v1/models/{id}${hasUsage ? ', GET /v1/usage' : ''}${content === undefined ? '' : ', and the paths of stored content in docs/COMPATIBILITY.md'}`,
  );
