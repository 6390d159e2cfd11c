import { PassThrough, Readable } from 'node:stream';
import { textOf } from '@/lib/runtime/http/answer-body';

test('a stream is read to its end', async () => {
  expect(await textOf(Readable.from([Buffer.from('Grü'), Buffer.from('ße')]))).toBe('Grüße');
});

test.each<[string, (body: PassThrough) => void, object]>([
  ['fails', (body) => body.destroy(Object.assign(new Error('x'), { code: 'EPIPE' })), { code: 'EPIPE' }],
  ['is cut off', (body) => body.destroy(), { code: 'ECONNRESET' }],
])('a stream that %s, before or while it is read, is an error', async (_, end, error) => {
  for (const when of ['before', 'while'] as const) {
    const body = new PassThrough().on('error', () => {});
    body.write('a');
    if (when === 'before') end(body);
    const reading = textOf(body);
    if (when === 'while') setImmediate(end, body);
    await expect(reading).rejects.toMatchObject(error);
  }
});

test('a stream that was read already is an error', async () => {
  const body = Readable.from([Buffer.from('a')]);
  await textOf(body);
  await expect(textOf(body)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a stream that is too large is an error, and is closed', async () => {
  const piece = Buffer.alloc(2 ** 20);
  const body = new Readable({
    read() {
      this.push(piece);
    },
  });
  await expect(textOf(body)).rejects.toThrow('too large');
  expect(body.destroyed).toBe(true);
});
