import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/** A gateway on loopback. */
export const serve = (gateway: FetchHandler): Promise<Server> =>
  listen(async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const response = await gateway.fetch(toRequest(incoming, gone.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    await pipeline(response.body ?? [], outgoing).catch(() => {});
  });

/** A server of any kind on loopback. */
export async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method, headers, url } = incoming;
  return new Request(`http://127.0.0.1${url}`, {
    method,
    headers: headers as Record<string, string>,
    body: method === 'GET' ? undefined : (Readable.toWeb(incoming) as ReadableStream),
    duplex: 'half',
    signal,
  } as RequestInit);
}
