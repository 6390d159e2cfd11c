import { Agent, request } from 'node:http';

/** Where requests go, and how they are made. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  /** @default assistant */
  readonly model?: string;
}

/** One answer, as its client saw it. */
export interface Sample {
  readonly status: number;
  /** Milliseconds to the first byte of the body, and to the last. */
  readonly firstByte: number;
  readonly total: number;
}

const MESSAGES = [{ role: 'user', content: 'Guten Tag, wie geht es dem Wetter in Lyon heute? '.repeat(10) }];
export type Kind = 'json' | 'sse';

const bodyOf = (model: string, kind: Kind) => JSON.stringify({ model, messages: MESSAGES, stream: kind === 'sse' });

/** A client that keeps its connections. */
export class Client {
  private readonly agent: Agent;

  constructor(connections: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /**
   * Asks once.
   *
   * @param leaves whether the client goes away after the first byte
   */
  public ask({ port, headers, model = 'assistant' }: Target, kind: Kind, leaves = false): Promise<Sample> {
    const body = bodyOf(model, kind);
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      let firstByte = Number.NaN;
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: '/v1/chat/completions',
          agent: this.agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        },
        (response) => {
          response.on('data', () => {
            if (Number.isNaN(firstByte)) firstByte = performance.now() - begun;
            if (leaves) sent.destroy();
          });
          response.once('close', () => {
            const total = performance.now() - begun;
            if (response.complete || leaves) resolve({ status: response.statusCode ?? 0, firstByte, total });
            else reject(new Error('the answer was cut off'));
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }

  public close(): void {
    this.agent.destroy();
  }
}

/** As many requests as fit into a time, so many at once. */
export async function closedLoop(target: Target, kind: Kind, concurrency: number, ms: number): Promise<Sample[]> {
  const client = new Client(concurrency);
  const samples: Sample[] = [];
  const end = performance.now() + ms;
  const worker = async () => {
    while (performance.now() < end) samples.push(await client.ask(target, kind));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  client.close();
  return samples;
}
