import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestLog } from '@/lib/runtime/http/records/request-log';
import { streamAnswer } from '@/lib/runtime/http/stream/sse';

/** A streamed answer of these lines, and what its log and its abort know. */
function answerOf(lines: AsyncIterator<string>, heartbeatMs = 10_000) {
  const log: RequestLog = { route: 'other', tenant: 'a' };
  const abort = new AbortController();
  const failed = (error: unknown) => {
    log.outcome = 'failed';
    return `failed: ${(error as Error).message}`;
  };
  return { answer: streamAnswer(lines, { abort, heartbeatMs, heartbeat: '~', log, failed }), log, abort };
}

async function* saying(...lines: string[]) {
  for (const line of lines) {
    yield line;
    await wait(1);
  }
}

const never = () => new Promise<never>(() => {});
const contentOf = async (out: PassThrough) => Buffer.concat(await out.toArray()).toString();

test.each(['writes', 'reads as a stream'])('a server that %s passes on every line', async (how) => {
  const { answer, log } = answerOf(saying('a', 'b', 'c'));
  expect(answer.plainHeaders()['content-type']).toBe('text/event-stream; charset=utf-8');
  const out = new PassThrough();
  const [text] = how === 'writes' ? await Promise.all([contentOf(out), answer.writeTo(out)]) : [await answer.text()];
  expect(text).toBe('abc');
  await log.streamed;
  expect(log.outcome).toBeUndefined();
});

test('to read the headers takes no line', async () => {
  const { answer } = answerOf(saying('a', 'b'));
  answer.headers.set('x-one', '1');
  await wait(5);
  const out = new PassThrough();
  const [text] = await Promise.all([contentOf(out), answer.writeTo(out)]);
  expect([text, answer.plainHeaders()['x-one']]).toEqual(['ab', '1']);
});

test.each(['writes', 'reads as a stream'])('a server that %s passes on a failure as the last line', async (how) => {
  async function* broken() {
    yield 'a';
    throw new Error('broken');
  }
  const { answer, log } = answerOf(broken());
  const out = new PassThrough();
  const [text] = how === 'writes' ? await Promise.all([contentOf(out), answer.writeTo(out)]) : [await answer.text()];
  expect(text).toBe('afailed: broken');
  await log.streamed;
  expect(log.outcome).toBe('failed');
});

test('a client that disconnects stops the source, and is recorded', async () => {
  async function* endless() {
    yield 'a';
    await never();
  }
  const { answer, log, abort } = answerOf(endless());
  const out = new PassThrough();
  void answer.writeTo(out);
  await once(out, 'readable');
  out.destroy();
  await log.streamed;
  expect([log.outcome, abort.signal.aborted]).toEqual(['aborted', true]);
});

test('a client that has disconnected already is recorded at once, although its source is silent', async () => {
  const { answer, log, abort } = answerOf({ next: never });
  const out = new PassThrough();
  out.destroy();
  await expect(answer.writeTo(out)).rejects.toThrow('closed the connection');
  expect([log.outcome, abort.signal.aborted]).toEqual(['aborted', true]);
});

test('an error of the connection is reported once, by its end', async () => {
  const { answer, log } = answerOf(saying('a', 'b', 'c'));
  const out = new PassThrough();
  const writing = answer.writeTo(out);
  out.destroy(new Error('EPIPE'));
  await expect(writing).rejects.toThrow('closed the connection');
  expect(log.outcome).toBe('aborted');
});

test('lines are taken no faster than they are read', async () => {
  let taken = 0;
  async function* fast() {
    for (; taken < 500; taken++) {
      yield 'x'.repeat(20_000);
      await wait(0);
    }
  }
  const { answer } = answerOf(fast());
  const out = new PassThrough();
  const writing = answer.writeTo(out);
  await wait(30);
  expect(taken).toBeLessThan(5);
  expect((await contentOf(out)).length).toBe(500 * 20_000);
  await writing;
});

test('a silent stream has signs of life, unless its client reads nothing', async () => {
  const silent = async function* () {
    yield 'a';
    await never();
  };
  const [read, unread] = [new PassThrough(), new PassThrough({ highWaterMark: 1 })];
  for (const out of [read, unread])
    answerOf(silent(), 2)
      .answer.writeTo(out)
      .catch(() => {});
  let text = '';
  read.on('data', (piece) => {
    text += piece;
  });
  await wait(40);
  expect(text).toMatch(/^a~{3,}$/);
  expect(unread.writableLength + unread.readableLength).toBeLessThan(4);
  read.destroy();
  unread.destroy();
});
