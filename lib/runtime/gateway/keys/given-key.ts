import type { HonoRequest } from 'hono';
import { ApiError } from '../errors/api-error';

/**
 * The key of a request; empty if its `Authorization` is of another scheme. Anthropic's clients send `x-api-key`, and some send both headers. Of two different keys of this gateway, neither is
 * chosen, because they may belong to different projects. A key for another service is ignored.
 *
 * @param isOwn whether a text has the form of a key of this gateway
 * @throws ApiError without a key, or with two
 */
export function givenKey(isOwn: (text: string) => boolean, request: Pick<HonoRequest, 'header'>): string {
  const authorization = request.header('authorization') ?? '';
  const apiKey = request.header('x-api-key') ?? '';
  if (authorization === '' && apiKey === '') {
    throw unauthorized("the request has no API key; send it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'");
  }
  if (authorization === '') return apiKey;
  const bearer = bearerOf(authorization);
  const isOtherKey = apiKey.split(/[\s,]+/).some((text) => text !== bearer && isOwn(text));
  if (!isOtherKey) return bearer;
  throw unauthorized(
    bearer === ''
      ? "the request has a key in 'x-api-key', and an 'Authorization' that isn't 'Bearer KEY'; send only one of them"
      : "the request has two different keys, in 'Authorization' and in 'x-api-key'; send only one of them",
  );
}

/** The scheme's name is case-insensitive (RFC 9110, 11.1). Several headers arrive joined by commas, which no key contains. */
const bearerOf = (header: string): string => /^bearer +(\S+)$/i.exec(header)?.[1] ?? '';

/** The refusal of a request without a valid key. */
export const unauthorized = (message: string) =>
  new ApiError(401, 'invalid_api_key', message, { headers: { 'www-authenticate': 'Bearer' } });
