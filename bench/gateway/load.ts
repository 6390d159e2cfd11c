import { Agent, request } from 'node:http';

/** The destination and headers of requests. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  /** @default assistant */
  readonly model?: string;
  /**
   * The pieces of the answer.
   *
   * @default 50
   */
  readonly tokens?: number;
}

/** One answer, as its client measures it. */
export interface Sample {
  readonly status: number;
  /** Milliseconds to the first byte of the body, and to the last. */
  readonly firstByte: number;
  readonly total: number;
}

const MESSAGES = [{ role: 'user', content: 'Guten Tag, wie geht es dem Wetter in Lyon heute? '.repeat(10) }];
export const KINDS = ['json', 'sse'] as const;
export type Kind = (typeof KINDS)[number];

const bodyOf = ({ model = 'assistant', tokens }: Target, kind: Kind) =>
  JSON.stringify({ model, messages: MESSAGES, stream: kind === 'sse', max_tokens: tokens });

/** A client with persistent connections. */
export class Client {
  private readonly agent: Agent;

  constructor(connections: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /**
   * Sends one request.
   *
   * @param disconnects whether the client disconnects after the first byte
   */
  public send(target: Target, kind: Kind, disconnects = false): Promise<Sample> {
    const { port, headers } = target;
    const body = bodyOf(target, kind);
    return new Promise((resolve, reject) => {
      const started = performance.now();
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
            if (Number.isNaN(firstByte)) firstByte = performance.now() - started;
            if (disconnects) sent.destroy();
          });
          response.once('close', () => {
            const total = performance.now() - started;
            if (response.complete || disconnects) resolve({ status: response.statusCode ?? 0, firstByte, total });
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

/** Sends as many requests as possible in a time, with a fixed concurrency. */
export async function closedLoop(target: Target, kind: Kind, concurrency: number, ms: number): Promise<Sample[]> {
  const client = new Client(concurrency);
  const samples: Sample[] = [];
  const end = performance.now() + ms;
  const worker = async () => {
    while (performance.now() < end) samples.push(await client.send(target, kind));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  client.close();
  return samples;
}
