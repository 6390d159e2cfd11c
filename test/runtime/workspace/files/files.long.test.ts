import { toFile } from 'openai';
import { LocalContent } from '../conversations/support/local-content';
import { RecordingEcho } from '../conversations/support/recording-echo';
import { SAMPLES, sample } from './support/samples';

const model = 'assistant';
const purpose = 'user_data';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    (error) => `${error.status} ${error.code}`,
  );

test('a file is uploaded, described, listed, read and deleted', async () => {
  const openai = local.openai();
  const file = await openai.files.create({ file: sample('pdf', 'Bericht.pdf'), purpose });
  expect(file).toEqual({
    id: file.id,
    object: 'file',
    bytes: SAMPLES.pdf.length,
    created_at: local.time / 1_000,
    filename: 'Bericht.pdf',
    purpose,
    status: 'processed',
  });
  expect(await openai.files.retrieve(file.id)).toEqual(file);
  const content = await openai.files.content(file.id);
  expect(Buffer.from(await content.arrayBuffer())).toEqual(SAMPLES.pdf);
  expect(content.headers.get('content-disposition')).toBe('attachment');
  expect((await openai.files.list()).data).toEqual([file]);
  expect(await openai.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
  expect(await codeOf(openai.files.retrieve(file.id))).toBe('404 file_not_found');
  expect(await codeOf(openai.files.content(file.id))).toBe('404 file_not_found');
  expect((await openai.files.list()).data).toEqual([]);
  expect(await local.objects()).toBe(0);
  expect(await local.rows()).toEqual([]);
});

test('files are listed by age, in pages, and by purpose', async () => {
  const openai = local.openai();
  const names: string[] = [];
  for (let n = 0; n < 5; n++) {
    local.time += 1_000;
    const of = n % 2 === 0 ? 'vision' : purpose;
    names.push((await openai.files.create({ file: sample('png', `${n}.png`), purpose: of })).filename);
  }
  const listed = async (query: object) => {
    const found: string[] = [];
    for await (const { filename } of openai.files.list(query)) found.push(filename);
    return found;
  };
  expect(await listed({ limit: 2, order: 'asc' })).toEqual(names);
  expect(await listed({ limit: 2 })).toEqual(names.toReversed());
  expect(await listed({ limit: 1, purpose: 'vision' })).toEqual(['4.png', '2.png', '0.png']);
  expect(await codeOf(openai.files.list({ purpose: 'fine-tune' }))).toBe('400 unsupported_value');
});

test('a file survives a restart, and is hidden when it expires', async () => {
  const { id } = await local.openai().files.create({ file: sample('txt'), purpose });
  const [row] = await local.rows();
  expect(row).not.toHaveProperty('expiresAt');
  expect(await (await local.openai().files.content(id)).text()).toBe(SAMPLES.txt.toString());

  const kept = local.openai('bob', local.gateway({ retentionDays: 30 }));
  const { id: ending, expires_at } = await kept.files.create({ file: sample('txt'), purpose });
  expect(expires_at).toBe(local.time / 1_000 + 30 * 86_400);
  local.time += 31 * 86_400_000;
  expect(await codeOf(kept.files.retrieve(ending))).toBe('404 file_not_found');
});

test('a model receives files by their ids, under neutral names', async () => {
  const watched = new RecordingEcho();
  const openai = local.openai('ada', local.gateway({}, watched.upstream));
  const [pdf, png, txt] = await Promise.all([
    openai.files.create({ file: sample('pdf', 'CANARY.pdf'), purpose }),
    openai.files.create({ file: sample('png'), purpose: 'vision' }),
    openai.files.create({ file: sample('txt'), purpose }),
  ]);
  const content = [
    { type: 'input_file' as const, file_id: pdf.id },
    { type: 'input_image' as const, file_id: png.id, detail: 'auto' as const },
    { type: 'input_file' as const, file_id: txt.id },
  ];
  await openai.responses.create({ model, input: [{ role: 'user', content }] });
  const blocks = [
    { document: { format: 'pdf', name: 'document-1', source: { bytes: SAMPLES.pdf } } },
    { image: { format: 'png', source: { bytes: SAMPLES.png } } },
    { document: { format: 'txt', name: 'document-2', source: { bytes: SAMPLES.txt } } },
    { text: 'See the document.' },
  ];
  // The image alone is long enough for a cache.
  const point = { cachePoint: { type: 'default' } };
  const cached = [...blocks.slice(0, -1), point, ...blocks.slice(-1), point];
  expect(watched.sent.at(-1)).toEqual([{ role: 'user', content: cached }]);

  await openai.chat.completions.create({
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'file', file: { file_id: txt.id } },
        ],
      },
    ],
  });
  expect(watched.sent.at(-1)).toMatchObject([
    { content: [{ text: 'What is it?' }, { document: { name: 'document-1' } }] },
  ]);
});

test('a conversation stores the file’s id, and each turn sends the file for as long as it exists', async () => {
  const watched = new RecordingEcho();
  const openai = local.openai('ada', local.gateway({}, watched.upstream));
  const { id: file_id } = await openai.files.create({ file: sample('txt'), purpose });
  const { id: conversation } = await openai.conversations.create({
    items: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Read it.' },
          { type: 'input_file', file_id },
        ],
      },
    ],
  });
  await openai.responses.create({ model, conversation, input: 'And?' });
  expect(watched.sent.at(-1)?.[0]?.content?.[1]?.document?.source?.bytes).toEqual(SAMPLES.txt);
  const { data } = await openai.conversations.items.list(conversation, { order: 'asc', limit: 1 });
  expect(data).toMatchObject([{ content: [{}, { type: 'input_file', file_id }] }]);

  await openai.files.delete(file_id);
  await openai.responses.create({ model, conversation, input: 'Still?' });
  expect(watched.sent.at(-1)?.[0]?.content?.[1]).toEqual({ text: '(A file was here, which is no longer stored.)' });
});

test('the size of a file counts within the window', async () => {
  const watched = new RecordingEcho();
  const small = local.gateway({ window: { tokens: 3_000, bytes: 1_000_000 } }, watched.upstream);
  const openai = local.openai('ada', small);
  const text = await toFile(Buffer.from('word '.repeat(1_500)), 'long.txt', { type: 'text/plain' });
  const { id: file_id } = await openai.files.create({ file: text, purpose });
  const content = [{ type: 'input_file' as const, file_id }];
  const input = [{ role: 'user' as const, content }];
  const { id: previous_response_id } = await openai.responses.create({ model, input });
  const next = { model, input, previous_response_id };
  expect(await codeOf(openai.responses.create(next))).toBe('400 context_length_exceeded');
  await openai.responses.create({ ...next, truncation: 'auto' });
  expect(watched.last.join()).not.toContain('word');
  const twice = [{ role: 'user' as const, content: [...content, ...content] }];
  expect(await codeOf(openai.responses.create({ model, input: twice }))).toBe('400 context_length_exceeded');
});

test("another's file and a file that never existed are answered alike, for every request", async () => {
  const ada = local.openai('ada');
  const bob = local.openai('bob');
  const { id } = await ada.files.create({ file: sample('png'), purpose });
  await bob.files.create({ file: sample('png'), purpose });
  const guessed = id.replace(/.{4}$/, '0000');
  const asks: ((file: string) => Promise<unknown>)[] = [
    (file) => bob.files.retrieve(file),
    (file) => bob.files.content(file),
    (file) => bob.files.delete(file),
    (file) => bob.files.list({ after: file }).then(() => {}),
    (file) =>
      bob.responses.create({ model, input: [{ role: 'user', content: [{ type: 'input_file', file_id: file }] }] }),
    (file) =>
      bob.responses.create({
        model,
        store: false,
        input: [{ role: 'user', content: [{ type: 'input_image', file_id: file, detail: 'auto' }] }],
      }),
    (file) => bob.conversations.create({ items: [{ role: 'user', content: [{ type: 'input_file', file_id: file }] }] }),
    (file) =>
      bob.chat.completions.create({
        model,
        messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: file } }] }],
      }),
  ];
  for (const ask of asks) {
    const [of, never] = await Promise.all(
      [id, guessed].map((file) =>
        ask(file).then(
          () => 'answered',
          (error) => JSON.stringify([error.status, error.error]),
        ),
      ),
    );
    expect(of).toBe(never);
    if (ask !== asks[3]) expect(of).toContain('file_not_found');
  }
  expect((await ada.files.list()).data).toHaveLength(1);
});

test('the stores contain neither the name nor the content of a file in plaintext', async () => {
  const openai = local.openai();
  const text = await toFile(Buffer.from('CANARY-CONTENT '.repeat(100)), 'CANARY-NAME.txt', { type: 'text/plain' });
  const { id } = await openai.files.create({ file: text, purpose });
  const kept = local.bytes();
  expect(kept).toContain(id);
  for (const found of ['CANARY', 'user_data', 'text/plain', '.txt']) expect(kept).not.toContain(found);
  const names = new Set((await local.rows()).flatMap((row) => Object.keys(row)));
  expect([...names].sort()).toEqual(['bytes', 'content', 'createdAt', 'pk', 'sk', 'tokens']);
});
