/**
 * An upstream that answers immediately in both protocols with the same text. It runs in its own process and prints its port. An answer
 * has as many pieces as the request permits tokens. If their number is odd, each piece of a stream is sent alone, after the one before
 * has left; otherwise, many arrive together. With FAULTS, it fails this share of its calls, in one of four ways.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeEventStreamMessage } from '@copilotkit/aimock';

const FAULTS = Number(process.env.FAULTS ?? 0);
const EVENTS = 50;
const PIECE = 'Guten Tag ';
const usage = { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60 };
const bedrockUsage = { inputTokens: 10, outputTokens: 50, totalTokens: 60 };
const about = { id: 'chatcmpl-1', created: 1, model: 'fake' };

const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

/** The pieces of each kind of answer of one length. */
const answersOf = (events: number) => ({
  json: [
    Buffer.from(
      JSON.stringify({
        ...about,
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: PIECE.repeat(events) }, finish_reason: 'stop' }],
        usage,
      }),
    ),
  ],
  sse: [
    ...Array.from({ length: events }, () => Buffer.from(chunk({ content: PIECE }))),
    Buffer.from(`${chunk({}, 'stop')}data: [DONE]\n\n`),
  ],
  converse: [
    Buffer.from(
      JSON.stringify({
        output: { message: { role: 'assistant', content: [{ text: PIECE.repeat(events) }] } },
        stopReason: 'end_turn',
        usage: bedrockUsage,
        metrics: { latencyMs: 1 },
      }),
    ),
  ],
  converseStream: [
    encodeEventStreamMessage('messageStart', { role: 'assistant' }),
    ...Array.from({ length: events }, () =>
      encodeEventStreamMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: PIECE } }),
    ),
    encodeEventStreamMessage('contentBlockStop', { contentBlockIndex: 0 }),
    encodeEventStreamMessage('messageStop', { stopReason: 'end_turn' }),
    encodeEventStreamMessage('metadata', { usage: bedrockUsage, metrics: { latencyMs: 1 } }),
  ],
});

type Answers = ReturnType<typeof answersOf>;

/** Each length is created once. */
const made = new Map<number, Answers>();

function ofLength(events: number): Answers {
  const answers = made.get(events) ?? answersOf(events);
  made.set(events, answers);
  return answers;
}

const lengthOf = (body: string) => Number(/"(?:maxTokens|max_tokens)":(\d+)/.exec(body)?.[1] ?? EVENTS);

const TYPES: Record<keyof Answers, string> = {
  json: 'application/json',
  sse: 'text/event-stream',
  converse: 'application/json',
  converseStream: 'application/vnd.amazon.eventstream',
};

function kindOf(path: string, body: string): keyof Answers {
  if (path.endsWith('/converse')) return 'converse';
  if (path.endsWith('/converse-stream')) return 'converseStream';
  return /"stream":\s*true/.test(body) ? 'sse' : 'json';
}

function fail(response: ServerResponse, kind: keyof Answers): void {
  const [first = Buffer.alloc(0)] = ofLength(EVENTS)[kind];
  switch (Math.floor(Math.random() * 4)) {
    case 0:
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"slow down"}');
      break;
    case 1:
      response.writeHead(429, { 'content-type': 'application/json' }).end('{"message":"slow down"}');
      break;
    case 2:
      response.destroy();
      break;
    default:
      // Breaks off in the middle, like a failing provider.
      response.writeHead(200, { 'content-type': TYPES[kind] });
      response.write(first.subarray(0, first.length - 2), () => response.destroy());
  }
}

async function send(response: ServerResponse, pieces: readonly Uint8Array[], alone: boolean): Promise<void> {
  for (const piece of pieces) {
    const taken = response.write(piece);
    if (response.destroyed) return;
    if (!taken) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    else if (alone) await nextTurn();
  }
  response.end();
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => {
    body += piece;
  });
  request.on('error', () => {});
  response.on('error', () => {});
  request.on('end', () => {
    const kind = kindOf(request.url ?? '', body);
    if (Math.random() < FAULTS) return fail(response, kind);
    response.writeHead(200, { 'content-type': TYPES[kind] });
    const events = lengthOf(body);
    void send(response, ofLength(events)[kind], events % 2 === 1);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
