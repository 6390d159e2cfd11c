import { GENERATED_HEADER } from '../records/generated';
import { addHeaders } from './add-headers';
import type { RequestMiddleware } from './request-env';

/**
 * The headers that a page may read: where the request was processed, whether a model generated the answer, what is left of limits,
 * whether to retry, the request's ID.
 */
const EXPOSED = [
  ...['x-request-id', 'request-id', 'retry-after', 'x-should-retry', GENERATED_HEADER],
  ...[
    'region',
    'destination',
    'api',
    'boundary',
    'retention',
    'may-process',
    'accepted',
    'ignored',
    'monitoring',
    'budget',
  ].map((what) => `x-residency-${what}`),
  ...['requests', 'tokens'].flatMap((kind) =>
    ['limit', 'remaining', 'reset'].map((what) => `x-ratelimit-${what}-${kind}`),
  ),
].join(', ');

/**
 * Allows pages of declared origins to read answers, including refusals. API Gateway answers the preflight requests. Without
 * declared origins, no header is added.
 */
export function crossOrigin(origins: readonly string[]): RequestMiddleware {
  return async (c, next) => {
    await next();
    const origin = c.req.header('origin');
    if (origins.length === 0) return;
    c.res.headers.append('vary', 'Origin');
    if (origin === undefined || !origins.includes(origin)) return;
    addHeaders(c, { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED });
  };
}
