import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Authority } from '@/test/runtime/egress/support/authority';
import { FakeProvider, type Received } from '@/test/runtime/egress/support/fake-provider';
import type { Preload } from '../../api-gateway/deployed-function';
import { OUTSIDE } from '../../harness/egress-config';
import { ANSWER } from '../requests';

const NETWORK = path.join(__dirname, '../../api-gateway/outside.cjs');

export type ProviderName = (typeof OUTSIDE)[number]['name'];

/** How a provider answers: a status other than 200, or a text. */
interface Behaviour {
  status: number;
  /** The keys that it accepts. */
  keys: readonly string[];
}

/** The providers outside AWS, each on loopback with a certificate for its own name, as only the egress function reaches them. */
export class OutsideProviders {
  private readonly authority = new Authority();
  private readonly servers = new Map<ProviderName, FakeProvider>();
  private readonly behaviours = new Map<ProviderName, Behaviour>();

  public static async start(): Promise<OutsideProviders> {
    const all = new OutsideProviders();
    for (const { name, host } of OUTSIDE) {
      const server = new FakeProvider(all.authority);
      await server.listen(all.authority.issue([host]));
      server.answer = (received, response) => void all.reply(name, received, response);
      all.servers.set(name, server);
      all.behaviours.set(name, { status: 200, keys: [] });
    }
    return all;
  }

  /** What a provider has received. */
  public received(name: ProviderName): Received[] {
    return this.server(name).received;
  }

  /** Forgets what all have received. */
  public forget(): void {
    for (const { received } of this.servers.values()) received.length = 0;
  }

  /** Has a provider accept these keys, and refuse others. */
  public accept(name: ProviderName, ...keys: readonly string[]): void {
    this.behaviours.set(name, { status: 200, keys });
  }

  /** Has a provider answer with an error, whatever the key. */
  public fail(name: ProviderName, status: number): void {
    this.behaviours.set(name, { status, keys: [] });
  }

  /** The network of the egress function; none for other functions. */
  public readonly preload = (functionName: string): Preload | undefined => {
    if (functionName !== 'exemple-egress') return undefined;
    const hosts = OUTSIDE.map(({ name, host, address }) => ({ host, address, port: this.server(name).port }));
    return {
      module: NETWORK,
      environment: { DEPLOY_TEST_OUTSIDE: JSON.stringify({ hosts, authority: this.authority.cert }) },
    };
  };

  public async stop(): Promise<void> {
    for (const server of this.servers.values()) await server.close();
    this.authority.close();
  }

  private server(name: ProviderName): FakeProvider {
    const found = this.servers.get(name);
    if (found === undefined) throw new Error(`there is no provider ${name}`);
    return found;
  }

  private async reply(name: ProviderName, { headers, body }: Received, response: ServerResponse): Promise<void> {
    const { status, keys } = this.behaviours.get(name) ?? { status: 500, keys: [] };
    const isKnown = keys.some((key) => headers.authorization === `Bearer ${key}`);
    const code = status === 200 && !isKnown ? 401 : status;
    response.setHeader('x-request-id', `req_${name}`);
    if (code !== 200) {
      response.writeHead(code, { 'content-type': 'application/json' }).end('{"error":{"message":"refused"}}');
      return;
    }
    const { stream, model } = JSON.parse(body);
    if (stream === true) await streamed(model, response);
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(whole(model)));
  }
}

const COMMON = { id: 'chatcmpl-1', created: 1_764_000_000 };
const USAGE = { prompt_tokens: 12, completion_tokens: 9, total_tokens: 21 };

const whole = (model: string) => ({
  ...COMMON,
  object: 'chat.completion',
  model,
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER }, finish_reason: 'stop' }],
  usage: USAGE,
});

/** Piece by piece, with time between them, so that an answer that is buffered anywhere is seen. */
async function streamed(model: string, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choices: readonly object[], usage?: object) =>
    response.write(
      `data: ${JSON.stringify({ ...COMMON, object: 'chat.completion.chunk', model, choices, usage: usage ?? null })}\n\n`,
    );
  for (const content of ANSWER.match(/.{1,8}/g) ?? []) {
    send([{ index: 0, delta: { content }, finish_reason: null }]);
    await sleep(100);
  }
  send([{ index: 0, delta: {}, finish_reason: 'stop' }]);
  send([], USAGE);
  response.end('data: [DONE]\n\n');
}
