import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from './gateway-env';

/** What a page may read beside the body: where it was processed, how much is left, whether to ask again, what to tell the operator. */
const EXPOSED = [
  ...['x-request-id', 'retry-after', 'x-should-retry'],
  ...['region', 'destination', 'boundary', 'retention', 'may-process', 'accepted'].map((what) => `x-residency-${what}`),
  ...['requests', 'tokens'].flatMap((kind) =>
    ['limit', 'remaining', 'reset'].map((what) => `x-ratelimit-${what}-${kind}`),
  ),
].join(', ');

/**
 * Lets pages of declared origins read answers, refusals too. Which may ask at all is what API Gateway answers before; without
 * any, nothing is added.
 */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    await next();
    const origin = c.req.header('origin');
    if (origins.length === 0) return;
    c.header('vary', 'Origin', { append: true });
    if (origin === undefined || !origins.includes(origin)) return;
    c.header('access-control-allow-origin', origin);
    c.header('access-control-expose-headers', EXPOSED);
  };
}
