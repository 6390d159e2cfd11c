import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { EventStreamCodec } from '@smithy/core/event-streams';
import type { Egress } from '@/lib/runtime/egress/egress';

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

/** An event of Lambda's answer. */
export const frame = (type: string, payload: Uint8Array | object = {}, kind = 'event'): Buffer => {
  const isBytes = payload instanceof Uint8Array;
  const names: Readonly<Record<string, string>> = { event: ':event-type', exception: ':exception-type' };
  return Buffer.from(
    codec.encode({
      headers: {
        ':message-type': { type: 'string', value: kind },
        [names[kind] ?? ':error-code']: { type: 'string', value: type },
        ':content-type': { type: 'string', value: isBytes ? 'application/octet-stream' : 'application/json' },
      },
      body: isBytes ? payload : Buffer.from(JSON.stringify(payload)),
    }),
  );
};

/** An invocation that Lambda received. */
export interface Invocation {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly event: unknown;
}

/** Lambda's API for functions that answer with a stream, with one function. */
export class FakeLambda {
  public readonly invocations: Invocation[] = [];
  /** Answers in place of the function. */
  public instead: ((response: ServerResponse) => void) | undefined;
  public egress: Egress = async () => undefined;
  public url = '';
  private readonly server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        const event: unknown = JSON.parse(Buffer.concat(parts).toString());
        this.invocations.push({ url: request.url ?? '', headers: request.headers, event });
        if (this.instead) this.instead(response);
        else void this.run(request.url ?? '', event, response);
      });
  });

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public reset(): void {
    this.invocations.length = 0;
    this.instead = undefined;
  }

  private async run(url: string, event: unknown, response: ServerResponse): Promise<void> {
    const [, name = '', alias = ''] = /^\/2021-11-15\/functions\/([^/]+)\/[a-z-]+\?Qualifier=(\w+)$/.exec(url) ?? [];
    const arn = decodeURIComponent(name);
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    const out = new Writable({
      write: (chunk: Buffer, _, done) => void response.write(frame('PayloadChunk', chunk), done),
    });
    response.once('close', () => out.destroy());
    try {
      await this.egress(event, out, { invokedFunctionArn: `${arn}:${alias}` });
      response.end(frame('InvokeComplete'));
    } catch (error) {
      response.end(frame('InvokeComplete', { ErrorCode: 'Unhandled', ErrorDetails: (error as Error).message }));
    }
  }
}
