import Anthropic from '@anthropic-ai/sdk';
import { LocalContent } from '../conversations/support/local-content';
import { RecordingEcho } from '../conversations/support/recording-echo';
import { SAMPLES, sample } from './support/samples';

const local = new LocalContent();
afterAll(() => local.close());

test('a message of a member reads their own files, and stores nothing', async () => {
  const watched = new RecordingEcho();
  const gateway = local.gateway({}, watched.upstream);
  const ada = local.openai('ada', gateway);
  const [pdf, png] = await Promise.all([
    ada.files.create({ file: sample('pdf'), purpose: 'user_data' }),
    ada.files.create({ file: sample('png'), purpose: 'vision' }),
  ]);
  const [rows, objects] = [await local.rows(), await local.objects()];

  const clientOf = (authToken: string) =>
    new Anthropic({
      authToken,
      apiKey: null,
      baseURL: 'https://gateway.test',
      maxRetries: 0,
      fetch: async (url, init) => gateway.fetch(new Request(url as string, init)),
    });
  const ask = (client: Anthropic, ...content: unknown[]) =>
    client.messages.create({ model: 'assistant', max_tokens: 64, messages: [{ role: 'user', content }] } as never);
  const file = (type: string, file_id: string) => ({ type, source: { type: 'file', file_id } });

  await ask(clientOf('ada'), file('document', pdf.id), file('image', png.id), { type: 'text', text: 'CANARY' });
  const [turn] = watched.sent.at(-1) ?? [];
  // The parts before the last one are long enough for a cache.
  expect(turn?.content?.filter(({ cachePoint }) => cachePoint === undefined)).toEqual([
    { document: { format: 'pdf', name: 'document-1', source: { bytes: SAMPLES.pdf } } },
    { image: { format: 'png', source: { bytes: SAMPLES.png } } },
    { text: 'CANARY' },
  ]);
  const stream = clientOf('ada').messages.stream({
    model: 'assistant',
    max_tokens: 64,
    messages: [{ role: 'user', content: 'CANARY' }],
  });
  expect((await stream.finalMessage()).content).toMatchObject([{ type: 'text', text: expect.any(String) }]);

  const calls = watched.sent.length;
  const refusals: [member: string, type: string, id: string, status: number, code: string][] = [
    ['bob', 'document', pdf.id, 404, 'file_not_found'],
    ['ada', 'image', pdf.id, 400, 'invalid_value'],
    ['ada', 'document', 'file-none', 404, 'file_not_found'],
  ];
  for (const [member, type, id, status, code] of refusals) {
    const param = 'messages[0].content[0].source.file_id';
    await expect(ask(clientOf(member), file(type, id))).rejects.toMatchObject({
      status,
      error: { error: { code, param } },
    });
  }
  expect(watched.sent).toHaveLength(calls);
  expect([await local.rows(), await local.rows('bob'), await local.objects()]).toEqual([rows, [], objects]);
  expect(local.bytes()).not.toContain('CANARY');
});
