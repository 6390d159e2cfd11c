import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Mounts, nodeAdapter } from './node-adapter';

/** A server on this machine's loopback address, which no other machine can reach. */
export interface LoopbackServer {
  readonly url: string;
  /** Accepts no more requests. Running requests may finish, and are cut off after the given time. */
  close(graceMs?: number): Promise<void>;
}

const ADDRESS = '127.0.0.1';

/**
 * Listens on loopback.
 *
 * @param port 0 selects a free port
 * @throws the system's error if the port isn't available
 */
export async function listenOnLoopback(mounts: Mounts, port: number): Promise<LoopbackServer> {
  const server = createServer(
    { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 30_000 },
    nodeAdapter(mounts),
  );
  server.maxHeadersCount = 100;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: ADDRESS, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    url: `http://${ADDRESS}:${(server.address() as AddressInfo).port}`,
    close: (graceMs = 5_000) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
