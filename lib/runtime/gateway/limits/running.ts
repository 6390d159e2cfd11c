import type { RequestLog } from '../../http/records/request-log';
import { ApiError } from '../errors/api-error';
import type { Counter, Counters } from './counters';
import { OWNER_HAS, type RateLimited } from './rate-limited';
import { runningOf } from './windows';

/** Seconds. Answers take a while to end, and clients that try again each second would use up what the API accepts from all callers. */
export const RETRY_RUNNING = 10;

/** The reason in the records. Clients get the code of every refusal for too many requests. */
const CONCURRENT = 'concurrent_requests';

declare module '../../http/records/record-names' {
  interface Reasons extends Record<typeof CONCURRENT, true> {}
}

/**
 * Counts a request among those that are running.
 *
 * @returns the counter that it is in until it ends; undefined if the tenant has as many running requests as its limit
 * @throws if the store can't be reached
 */
export async function begin(
  counters: Counters,
  tenant: string,
  limit: number,
  time: Date,
): Promise<Counter | undefined> {
  const { own, before } = runningOf(tenant, time);
  // No request arrives in the earlier window any more, so its count only falls.
  const left = limit - (await counters.read(before));
  return left > 0 && (await counters.add(own, 1, left)) !== undefined ? own : undefined;
}

/** The refusal of a request that isn't counted as running, which the log records too. */
export function tooManyRunning(
  { kind, concurrentRequests }: RateLimited,
  log: RequestLog,
  headers: Record<string, string>,
): ApiError {
  log.reason = CONCURRENT;
  return new ApiError(
    429,
    'rate_limit_exceeded',
    `${OWNER_HAS[kind]} reached its limit of concurrent requests, ${concurrentRequests}; wait until one ends and try again`,
    { type: 'requests', headers: { ...headers, 'retry-after': `${RETRY_RUNNING}` } },
  );
}
