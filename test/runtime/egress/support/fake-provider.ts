import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Network } from '@/lib/runtime/egress/connect';
import type { Authority, Pair } from './authority';

/** What a provider received. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answering = (received: Received, response: ServerResponse, request: IncomingMessage) => void;

/** A public address of the provider, as the resolver returns it; dialling it leads to the fake provider. */
export const ADDRESS = '162.159.140.245';

/** A provider on loopback, and a network in which its public addresses lead to it. */
export class FakeProvider {
  public readonly received: Received[] = [];
  /** Every address that was dialled. */
  public readonly dialled: string[] = [];
  /** Every name that was resolved. */
  public readonly resolved: string[] = [];
  /** The server name in each handshake that had one. */
  public readonly names: string[] = [];
  /** How many handshakes began. */
  public connections = 0;
  public answer: Answering = (_, response) => void response.end('{}');
  /** What the resolver returns. */
  public addresses: readonly string[] = [ADDRESS];
  private server: Server | undefined;
  public port = 0;

  constructor(private readonly authority: Authority) {}

  public async listen({ key, cert }: Pair): Promise<void> {
    await this.close();
    const nameOf = (name: string, done: (error: null) => void) => {
      this.names.push(name);
      done(null);
    };
    const server = createServer({ key, cert, SNICallback: nameOf }, (request, response) => {
      const parts: Buffer[] = [];
      request
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const received = {
            path: request.url ?? '',
            headers: request.headers,
            body: Buffer.concat(parts).toString(),
          };
          this.received.push(received);
          this.answer(received, response, request);
        });
    });
    server.on('connection', () => {
      this.connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  public readonly network: Network = {
    resolve: async (host) => {
      this.resolved.push(host);
      return this.addresses;
    },
    dial: (address, port) => {
      this.dialled.push(`${address}:${port}`);
      return this.dial(address);
    },
    authorities: [],
  };

  /** The same network, in which the test's authority is trusted. */
  public trusting(): Network {
    return { ...this.network, authorities: [this.authority.cert] };
  }

  /** Where a dialled address leads. */
  public dial: (address: string) => Socket = () => connect(this.port, '127.0.0.1');

  public forget(): void {
    for (const list of [this.received, this.dialled, this.resolved, this.names]) list.length = 0;
    this.connections = 0;
    this.addresses = [ADDRESS];
    this.answer = (_, response) => void response.end('{}');
  }

  public async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
