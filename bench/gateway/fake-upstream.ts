/**
 * An upstream that answers immediately in both protocols with the same text. It runs in its own process and prints its port. With
 * FAULTS, it fails this share of its calls, in one of four ways.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeEventStreamMessage } from '@copilotkit/aimock';

const FAULTS = Number(process.env.FAULTS ?? 0);
const EVENTS = 50;
const PIECE = 'Guten Tag ';
const usage = { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60 };
const bedrockUsage = { inputTokens: 10, outputTokens: 50, totalTokens: 60 };
const about = { id: 'chatcmpl-1', created: 1, model: 'fake' };

const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

/** The pieces of each kind of answer, created once. */
const ANSWERS = {
  json: [
    Buffer.from(
      JSON.stringify({
        ...about,
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: PIECE.repeat(EVENTS) }, finish_reason: 'stop' }],
        usage,
      }),
    ),
  ],
  sse: [
    ...Array.from({ length: EVENTS }, () => Buffer.from(chunk({ content: PIECE }))),
    Buffer.from(`${chunk({}, 'stop')}data: [DONE]\n\n`),
  ],
  converse: [
    Buffer.from(
      JSON.stringify({
        output: { message: { role: 'assistant', content: [{ text: PIECE.repeat(EVENTS) }] } },
        stopReason: 'end_turn',
        usage: bedrockUsage,
        metrics: { latencyMs: 1 },
      }),
    ),
  ],
  converseStream: [
    encodeEventStreamMessage('messageStart', { role: 'assistant' }),
    ...Array.from({ length: EVENTS }, () =>
      encodeEventStreamMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: PIECE } }),
    ),
    encodeEventStreamMessage('contentBlockStop', { contentBlockIndex: 0 }),
    encodeEventStreamMessage('messageStop', { stopReason: 'end_turn' }),
    encodeEventStreamMessage('metadata', { usage: bedrockUsage, metrics: { latencyMs: 1 } }),
  ],
} as const;

const TYPES: Record<keyof typeof ANSWERS, string> = {
  json: 'application/json',
  sse: 'text/event-stream',
  converse: 'application/json',
  converseStream: 'application/vnd.amazon.eventstream',
};

function kindOf(path: string, body: string): keyof typeof ANSWERS {
  if (path.endsWith('/converse')) return 'converse';
  if (path.endsWith('/converse-stream')) return 'converseStream';
  return /"stream":\s*true/.test(body) ? 'sse' : 'json';
}

function fail(response: ServerResponse, kind: keyof typeof ANSWERS): void {
  const [first = Buffer.alloc(0)] = ANSWERS[kind];
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
    for (const piece of ANSWERS[kind]) response.write(piece);
    response.end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
