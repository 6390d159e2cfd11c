import { ApiError } from '../errors/api-error';
import type { Counter, Counters } from './counters';
import { OWNER_HAS, type RateLimited } from './rate-limited';
import { runningOf } from './windows';

/** Seconds. Answers take a while to end, and clients that try again each second would use up what the API accepts from all callers. */
export const RETRY_RUNNING = 10;

/**
 * Counts a request among those that are running.
 *
 * @returns the counter that it is in until it ends
 * @throws ApiError if the tenant has as many running requests as its limit
 * @throws if the store can't be reached
 */
export async function begin(counters: Counters, of: RateLimited, limit: number, time: Date): Promise<Counter> {
  const { own, before } = runningOf(of.tenant, time);
  // No request arrives in the earlier window any more, so its count only falls.
  const left = limit - (await counters.read(before));
  if (left > 0 && (await counters.add(own, 1, left)) !== undefined) return own;
  throw new ApiError(
    429,
    'rate_limit_exceeded',
    `${OWNER_HAS[of.kind]} ${limit} running requests, its limit; wait until one ends and try again`,
    { type: 'requests', headers: { 'retry-after': `${RETRY_RUNNING}` } },
  );
}
