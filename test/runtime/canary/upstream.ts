import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeEventStreamFrame, encodeEventStreamMessage } from '@copilotkit/aimock';
import { speech } from '../gateway/support/scripted-bedrock';
import { listen, type Server } from '../gateway/support/serve';
import { mark } from './marks';

/** The states of an upstream; each failure repeats the whole request. */
export const STATES = [
  'answers',
  'refuses',
  'denies',
  'throttles',
  'fails',
  'sends nonsense',
  'fails midway',
  'is cut off',
] as const;
/** The states in which the client disconnects: the upstream sends nothing, or starts an answer and pauses. */
export const UNFINISHED_STATES = ['stays silent', 'pauses'] as const;
export type State = (typeof STATES)[number] | (typeof UNFINISHED_STATES)[number];

const STATUS: Partial<Record<State, [number, string]>> = {
  refuses: [400, 'ValidationException'],
  denies: [403, 'AccessDeniedException'],
  throttles: [429, 'ThrottlingException'],
  fails: [500, 'InternalServerException'],
};

/** Bedrock and a server with OpenAI's protocol, at one address on loopback. */
export class CanaryUpstream {
  public state: State = 'answers';
  /** All requests that it received. */
  public received = '';
  private readonly events = new EventEmitter();
  private server: Server | undefined;

  public get url(): string {
    return this.server?.url ?? '';
  }

  public async start(): Promise<void> {
    this.server = await listen((request, response) => void this.answer(request, response));
  }

  public stop(): Promise<void> | undefined {
    return this.server?.close();
  }

  /** Resolves when the next request is left unfinished. */
  public held(): Promise<unknown> {
    return once(this.events, 'held');
  }

  /** Resolves when the gateway drops a request. */
  public dropped(): Promise<unknown> {
    return once(this.events, 'dropped');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    this.received += `${request.url}\n${JSON.stringify(request.headers)}\n${body}\n`;
    response.on('error', () => {});
    response.once('close', () => {
      if (!response.writableFinished) this.events.emit('dropped');
    });
    const [status, error] = STATUS[this.state] ?? [];
    const echo = `${mark('echo')} ${body}`;
    if (status !== undefined) {
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-amzn-errortype': error,
        'x-echo': mark('echo'),
      });
      response.end(JSON.stringify({ message: echo, error: { message: echo, type: mark('echo'), code: mark('echo') } }));
      return;
    }
    if (this.state === 'stays silent') return void this.events.emit('held');
    const [type, pieces] = answerTo(request.url ?? '', body);
    response.writeHead(200, { 'content-type': type, 'x-echo': mark('echo') });
    const [first, ...others] = this.state === 'sends nonsense' ? [JSON.stringify({ [mark('echo')]: echo })] : pieces;
    response.write(first ?? '', () => {
      if (this.state === 'is cut off') return response.destroy();
      if (this.state === 'pauses') return this.events.emit('held');
      for (const piece of this.state === 'fails midway' ? failure(type, echo) : others) response.write(piece);
      response.end();
    });
  }
}

type Piece = string | Uint8Array;

/** An answer in pieces; the first piece alone isn't a complete answer. */
function answerTo(path: string, body: string): [type: string, pieces: readonly Piece[]] {
  const halves = (value: unknown): [string, Piece[]] => {
    const text = JSON.stringify(value);
    return ['application/json', [text.slice(0, text.length / 2), text.slice(text.length / 2)]];
  };
  if (path.endsWith('/converse-stream')) {
    const frames = speech(mark('answer'), mark('answer')).map((step) =>
      encodeEventStreamMessage(...(step as [string, object])),
    );
    return ['application/vnd.amazon.eventstream', [Buffer.concat(frames.slice(0, 2)), ...frames.slice(2)]];
  }
  if (path.endsWith('/converse')) {
    const message = { role: 'assistant', content: [{ text: mark('answer') }] };
    const usage = { inputTokens: 7, outputTokens: 10, totalTokens: 17 };
    return halves({ output: { message }, stopReason: 'end_turn', usage, metrics: { latencyMs: 1 } });
  }
  if (path.endsWith('/invoke')) return halves({ embedding: [0.5], inputTextTokenCount: 2 });
  const request = JSON.parse(body);
  if (path.endsWith('/embeddings')) {
    return halves({ data: request.input.map((_: string, index: number) => ({ index, embedding: [0.5] })) });
  }
  const chunk = (content: string, finish: string | null) =>
    `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;
  return request.stream === true
    ? ['text/event-stream', [chunk(mark('answer'), null), chunk(mark('answer'), 'stop'), 'data: [DONE]\n\n']]
    : halves({ choices: [{ message: { content: mark('answer') }, finish_reason: 'stop' }] });
}

/** A failure in a stream that has already started. */
function failure(type: string, echo: string): readonly Piece[] {
  if (type === 'text/event-stream') return [`data: ${JSON.stringify({ error: { message: echo } })}\n\n`];
  if (type === 'application/json') return [echo];
  const headers = { ':message-type': 'exception', ':exception-type': 'modelStreamErrorException' };
  const payload = Buffer.from(JSON.stringify({ message: echo, originalMessage: echo, originalStatusCode: 400 }));
  return [encodeEventStreamFrame({ ...headers, ':content-type': 'application/json' }, payload)];
}
