import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Sends requests to a store.
 *
 * @param requestTimeout the maximum time of an answer, in milliseconds
 */
export function storeHandler(requestTimeout = 2_000): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 1_000,
    requestTimeout,
    throwOnRequestTimeout: true,
    // Regardless of the environment's setting for certificates.
    httpsAgent: { maxSockets: 64, rejectUnauthorized: true },
    httpAgent: { maxSockets: 64 },
  });
}
