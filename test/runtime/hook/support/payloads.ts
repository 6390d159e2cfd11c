import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fetch } from '@/lib/runtime/hook/fetch-payload';

/** S3 of a test: a server on loopback, to which `fetch` leads whatever URL was let through. */
export class Payloads {
  /** What was asked for, as the handler named it. */
  public readonly asked: string[] = [];
  private listener: RequestListener = (_, response) => response.writeHead(404).end();
  private readonly server: Server = createServer((request, response) => this.listener(request, response));

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Answers with a payload. */
  public holds(payload: object | string): void {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    this.answers((_, response) => response.end(body));
  }

  public answers(listener: RequestListener): void {
    this.listener = listener;
    this.asked.length = 0;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  public readonly fetch: Fetch = (url, init) => {
    this.asked.push(url.href);
    return fetch(this.url, init);
  };
}
