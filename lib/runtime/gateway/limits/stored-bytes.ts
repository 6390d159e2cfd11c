import { OwnRequest } from '../../http/own-request';
import { MAX_BODY_BYTES } from '../../http/read-body';
import { ApiError } from '../errors/api-error';
import type { Counters } from './counters';
import { seconds } from './limit-headers';
import type { RateLimited } from './rate-limited';
import { bytesOf } from './windows';

/** The routes whose requests may be stored. What a chat, a message or an embedding contains never is. */
const STORING = /^\/v1\/(responses|conversations|files|uploads|prompts)(\/|$)/;

/**
 * Counts the body of a request that may be stored, before it is read.
 *
 * @throws ApiError if the member has sent the bytes of this day
 */
export async function countBytes(
  counters: Counters,
  { tenant, member, storedBytesPerDay: limit }: RateLimited,
  // The router's path, in which escapes are decoded.
  { raw: request, path }: { readonly raw: Request; readonly path: string },
  time: Date,
): Promise<void> {
  if (limit === undefined || member === undefined || request.method !== 'POST') return;
  if (!STORING.test(path)) return;
  const { counter, end } = bytesOf(tenant, time, member);
  if ((await counters.add(counter, lengthOf(request), limit)) !== undefined) return;
  const wait = seconds(end.getTime() - time.getTime());
  throw new ApiError(
    429,
    'insufficient_quota',
    `you have sent your ${limit} bytes to be stored for this day; you have more from midnight UTC, and can still read and delete content`,
    { headers: { 'retry-after': `${wait}`, 'x-should-retry': 'false' } },
  );
}

/** A body whose length isn't known beforehand counts as the longest. */
function lengthOf(request: Request): number {
  if (request instanceof OwnRequest && request.content !== undefined) return request.content.length;
  const length = request.headers.get('content-length');
  if (length === null && request.body === null) return 0;
  return /^\d{1,9}$/.test(length ?? '') ? Number(length) : MAX_BODY_BYTES;
}
