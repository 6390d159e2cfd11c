import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * What sends requests to a store.
 *
 * @param requestTimeout how long, in milliseconds, a store may take to answer
 */
export function storeHandler(requestTimeout = 2_000): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 1_000,
    requestTimeout,
    throwOnRequestTimeout: true,
    // Whatever the environment says of certificates.
    httpsAgent: { maxSockets: 64, rejectUnauthorized: true },
    httpAgent: { maxSockets: 64 },
  });
}
