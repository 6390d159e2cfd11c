import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import { type Fixture, gatewayFor } from './gateway';
import { GPT_OSS, serving } from './policies';
import { listen } from './serve';
import { CHAT_PATH, complaintAboutChat } from './strict-chat';

/** A request as it came over the wire. */
export interface ChatCall {
  readonly path: string;
  readonly host: string;
  readonly authorization: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  readonly body: any;
}

/** What is answered: a body, the data of events, after which the connection may break, or a status. */
export type ChatReply =
  | { readonly json: unknown }
  | { readonly data: readonly unknown[]; readonly cut?: true }
  | {
      readonly status: number;
      readonly type?: string;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    };

/** Bedrock's Chat Completions API on this machine. It refuses what the real one would, and otherwise answers as a test says. */
export class ChatBedrock {
  public readonly calls: ChatCall[] = [];
  /** Why it refused calls; a test in which the gateway sends only what the real one accepts finds this empty. */
  public readonly complaints: string[] = [];
  private script: (call: ChatCall, index: number) => ChatReply = () => ({ json: completion('ok') });
  private server: Awaited<ReturnType<typeof listen>> | undefined;

  public async start(): Promise<this> {
    this.server = await listen((request, response) => void this.answer(request, response));
    return this;
  }

  public stop(): Promise<void> | undefined {
    return this.server?.close();
  }

  public get url(): string {
    return this.server?.url ?? '';
  }

  public replies(script: (call: ChatCall, index: number) => ChatReply): void {
    this.calls.length = 0;
    this.complaints.length = 0;
    this.script = script;
  }

  /** A gateway whose model is served through this API, in two Regions unless the policy says otherwise. */
  public gateway(policy: GatewayPolicy = BY_CHAT): Fixture {
    const bedrock = new Bedrock({
      endpoints: new Map(['eu-central-1', 'eu-north-1'].map((region) => [region, this.url])),
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    });
    return gatewayFor(policy, bedrock, { servers: new OpenAiServers({ bedrock }) });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = {
      path: `${request.method} ${request.url}`,
      host: request.headers.host ?? '',
      authorization: request.headers.authorization ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    this.calls.push(call);
    const complaint = call.path === `POST ${CHAT_PATH}` ? complaintAboutChat(call.body) : `the path ${call.path}`;
    if (complaint !== undefined) {
      this.complaints.push(complaint);
      response.writeHead(400, { 'x-amzn-errortype': 'ValidationException' }).end('{}');
    } else await play(response, this.script(call, this.calls.length - 1));
  }
}

async function play(response: ServerResponse, reply: ChatReply): Promise<void> {
  if ('json' in reply) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply.json));
  } else if ('data' in reply) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const one of reply.data) {
      const text = typeof one === 'string' ? one : JSON.stringify(one);
      await new Promise<void>((resolve) => response.write(`data: ${text}\n\n`, () => resolve()));
    }
    if (reply.cut) response.destroy();
    else response.end();
  } else {
    const { status, type = 'Exception', body = { error: { message: 'UPSTREAM-CANARY' } }, headers } = reply;
    response.writeHead(status, { 'x-amzn-errortype': type, ...headers }).end(JSON.stringify(body));
  }
}

/** A project with one model, called by Chat Completions in two Regions. */
export const BY_CHAT: GatewayPolicy = serving(
  { region: 'eu-central-1', id: GPT_OSS, api: 'chat-completions' },
  { region: 'eu-north-1', id: GPT_OSS, api: 'chat-completions' },
);

const USAGE = {
  prompt_tokens: 9,
  completion_tokens: 4,
  total_tokens: 13,
  prompt_tokens_details: { cached_tokens: 5 },
};

/** A whole answer. */
export const completion = (content: string, over: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: GPT_OSS,
  choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop', ...over }],
  usage: USAGE,
});

/** An event of a stream. */
export const delta = (over: object, finish_reason: string | null = null) => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: over, finish_reason }],
});

/** The events of a stream that says some texts, and stops. */
export const spoken = (...texts: readonly string[]): unknown[] => [
  delta({ role: 'assistant', content: '' }),
  ...texts.map((content) => delta({ content })),
  delta({}, 'stop'),
  { object: 'chat.completion.chunk', choices: [], usage: USAGE },
  '[DONE]',
];
