import { createHash } from 'node:crypto';
import { toFile } from 'openai';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { unpacked } from './support/archive';

const model = 'assistant';
const DAY_MS = 86_400_000;
const LARGE = 'x'.repeat(400_000);

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const openaiOf = (user: string) =>
  local.openai(user, local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } }));

/** An export, as its member downloads it. */
async function fetched(user: string, id: string): Promise<Response> {
  const headers = { authorization: `Bearer ${user}` };
  return local.gateway().fetch(new Request(`https://gateway.test/v1/exports/${id}`, { headers }));
}

const linesOf = (files: Map<string, string>, folder: string) =>
  [...files]
    .filter(([name]) => name.startsWith(`${folder}/`) && name.endsWith('.jsonl'))
    .sort()
    .flatMap(([, text]) => text.trimEnd().split('\n'))
    .map((line) => JSON.parse(line));

async function exported(user: string): Promise<string> {
  const rights = local.rights();
  const { id } = await rights.export(user, 'root');
  await rights.runner.run(id);
  return id;
}

test('an export contains all content of a member, and its manifest names every file with its digest', async () => {
  const openai = openaiOf('ada');
  const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'größer' } });
  for (let n = 0; n < 30; n++) await openai.responses.create({ model, input: `question ${n}`, conversation });
  await openai.responses.create({ model, input: LARGE, conversation });
  const { id: first } = await openai.responses.create({ model, input: 'one' });
  await openai.responses.create({ model, input: 'two', previous_response_id: first });
  await openaiOf('eve').responses.create({ model, input: 'of another person' });

  const id = await exported('ada');
  const response = await fetched('ada', id);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-tar']);
  const files = await unpacked(response);
  const manifest = JSON.parse(files.get('manifest.json') ?? '');
  expect(manifest).toMatchObject({
    export: id,
    workspace: 'sciences',
    user: 'ada',
    counts: { conversations: 1, threads: 1, items: 64, responses: 33 },
  });
  expect(manifest.files.map(({ name }: { name: string }) => name).sort()).toEqual(
    [...files.keys()].filter((name) => name !== 'manifest.json').sort(),
  );
  for (const { name, bytes, lines, sha256 } of manifest.files) {
    const text = files.get(name) ?? '';
    expect([Buffer.byteLength(text), name.endsWith('.jsonl') ? text.split('\n').length - 1 : 0]).toEqual([
      bytes,
      lines,
    ]);
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  }
  expect(linesOf(files, 'conversations')).toMatchObject([{ id: conversation, metadata: { topic: 'größer' } }]);
  const items = linesOf(files, 'items').filter((line) => line.in === conversation);
  expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: 62 }, (_, seq) => seq));
  expect(items[0]).toMatchObject({ item: { role: 'user', content: [{ text: 'question 0' }] } });
  const [digitalSourceType, when] = [manifest.generated.digitalSourceType, '2026-11-27T00:00:00.000Z'];
  expect(digitalSourceType).toMatch(/\/trainedAlgorithmicMedia$/);
  const mark = { action: 'c2pa.created', digitalSourceType, when, softwareAgent: { name: expect.stringMatching(/./) } };
  expect(items.slice(0, 2).map(({ generated, item }) => [generated, item.provenance])).toEqual([
    [false, undefined],
    [true, mark],
  ]);
  for (const { input, output } of linesOf(files, 'responses')) {
    expect([...input, ...output].map((item) => item.provenance)).toEqual([undefined, mark]);
  }
  expect(linesOf(files, 'responses').map((line) => line.id)).toContain(first);
  expect([...files.values()].join('')).not.toContain('of another person');
  expect(local.bytes()).not.toContain('question 0');
}, 60_000);

test('each file of lines has a page, to which the contents link', async () => {
  await openaiOf('ada').conversations.create({ items: [{ role: 'user', content: '<b>bold</b>' }] });
  const files = await unpacked(await fetched('ada', await exported('ada')));
  const lines = [...files.keys()].filter((name) => name.endsWith('.jsonl'));
  const pages = lines.map((name) => name.replace(/jsonl$/, 'html')).sort();
  expect([...files.keys()].filter((name) => name.endsWith('.html')).sort()).toEqual(['index.html', ...pages].sort());
  const links = [...(files.get('index.html') ?? '').matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
  expect([links.sort(), pages.length > 1]).toEqual([pages, true]);
  const items = pages.find((name) => name.startsWith('items/')) ?? '';
  expect(files.get(items)).toContain('&lt;b&gt;bold&lt;/b&gt;');
});

test('a long export is split into files of a bounded size', async () => {
  const openai = openaiOf('ada');
  for (let n = 0; n < 13; n++) await openai.conversations.create({ items: [{ role: 'user', content: LARGE }] });
  const files = await unpacked(await fetched('ada', await exported('ada')));
  const sizes = [...files].filter(([name]) => name.startsWith('items/')).map(([, text]) => text.length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(5 * 1024 * 1024);
  expect(linesOf(files, 'items')).toHaveLength(13);
}, 180_000);

test('an export contains a multipart upload as one file', async () => {
  const openai = openaiOf('ada');
  const content = Buffer.from('one part, and another');
  const { id: upload } = await openai.uploads.create({
    bytes: content.length,
    filename: 'note.txt',
    mime_type: 'text/plain',
    purpose: 'user_data',
  });
  const part_ids: string[] = [];
  for (const piece of [content.subarray(0, 9), content.subarray(9)]) {
    part_ids.push((await openai.uploads.parts.create(upload, { data: await toFile(piece, 'piece') })).id);
  }
  const { file } = await openai.uploads.complete(upload, { part_ids });
  const files = await unpacked(await fetched('ada', await exported('ada')));
  expect(linesOf(files, 'files')).toMatchObject([{ id: file?.id, name: 'note.txt', file: `files/${file?.id}` }]);
  expect(files.get(`files/${file?.id}`)).toBe(`${content}`);
});

test('an export contains uploads that weren’t completed, also after their hour, and the tokens of each day', async () => {
  const openai = openaiOf('ada');
  const described = { filename: 'note.txt', mime_type: 'text/plain', purpose: 'user_data' } as const;
  const { id } = await openai.uploads.create({ bytes: 20, ...described });
  const part = await openai.uploads.parts.create(id, { data: await toFile(Buffer.from('a part of it'), 'piece') });
  local.time += 2 * 3_600_000;
  local.used.set('ada', 2);
  const exportId = await exported('ada');
  const files = await unpacked(await fetched('ada', exportId));
  expect(linesOf(files, 'uploads')).toMatchObject([
    { id, name: 'note.txt', type: 'text/plain', purpose: 'user_data', bytes: 20, ends_at: '2026-11-27T01:00:00.000Z' },
  ]);
  const file = `upload_parts/${part.id}`;
  expect(linesOf(files, 'upload_parts')).toMatchObject([{ upload: id, part: part.id, file }]);
  expect(files.get(file)).toBe('a part of it');
  expect(linesOf(files, 'usage')).toEqual([
    { day: '2026-11-29', tokens: 10 },
    { day: '2026-11-28', tokens: 10 },
  ]);
  expect((await local.rights().find(exportId))?.figures).not.toHaveProperty('usage');
});

test('an empty export has a manifest and a page of contents', async () => {
  const files = await unpacked(await fetched('ada', await exported('ada')));
  expect(JSON.parse(files.get('manifest.json') ?? '')).toMatchObject({ counts: {}, files: [{ name: 'index.html' }] });
});

describe('an export', () => {
  const codeOf = async (response: Response) => [response.status, ((await response.json()) as Failure).error.code];
  interface Failure {
    readonly error: { readonly code: string };
  }

  test('is refused to other users, as if it didn’t exist', async () => {
    await openaiOf('ada').conversations.create();
    const id = await exported('ada');
    expect(await codeOf(await fetched('eve', id))).toEqual([404, 'export_not_found']);
    expect(await codeOf(await fetched('eve', `export_${'0'.repeat(44)}`))).toEqual([404, 'export_not_found']);
    expect(await codeOf(await fetched('ada', '..%2Feve'))).toEqual([404, 'export_not_found']);
  });

  test('is reported as not ready while it is made', async () => {
    const { id } = await local.rights().export('ada', 'root');
    await local.rights().runner.advance(id);
    expect(await codeOf(await fetched('ada', id))).toEqual([409, 'export_not_ready']);
  });

  test('can’t be opened once it has expired, and is deleted with every version', async () => {
    const openai = openaiOf('ada');
    const { id: conversation } = await openai.conversations.create();
    const id = await exported('ada');
    local.time += 7 * DAY_MS;
    expect(await codeOf(await fetched('ada', id))).toEqual([410, 'export_expired']);
    await local.rights().runner.run(id);
    expect(await codeOf(await fetched('ada', id))).toEqual([410, 'export_expired']);
    expect(await openai.get('/exports')).toMatchObject({ data: [{ id, status: 'expired' }] });
    expect(await local.objects()).toBe(0);
    expect((await local.rows()).map(({ sk }) => sk?.S)).toEqual([`conversation#${conversation}`, `export#${id}`]);
    local.time += 23 * DAY_MS - 1_000;
    expect(await codeOf(await fetched('ada', id))).toEqual([410, 'export_expired']);
    local.time += 1_000;
    expect(await codeOf(await fetched('ada', id))).toEqual([404, 'export_not_found']);
  });

  test('hides from readers of the stores which files it contains', async () => {
    const openai = openaiOf('ada');
    const content = Buffer.from('a known file');
    await openai.files.create({ file: await toFile(content, 'known.txt'), purpose: 'user_data' });
    const id = await exported('ada');
    expect((await fetched('ada', id)).status).toBe(200);
    const digest = createHash('sha256').update(content).digest();
    const stored = local.bytes();
    expect((await unpacked(await fetched('ada', id))).get('manifest.json')).toContain(digest.toString('hex'));
    for (const form of ['hex', 'base64', 'latin1'] as const) expect(stored).not.toContain(digest.toString(form));
    const rows = (await local.rows()).filter(({ sk }) => sk?.S?.startsWith('exportfile#'));
    const readable = ['bytes', 'content', 'file', 'lines', 'object', 'pieces', 'pk', 'sk'];
    expect([...new Set(rows.flatMap((row) => Object.keys(row)))].sort()).toEqual(readable);
    for (const { file } of rows)
      expect(file?.S).toMatch(/^(index\.html|manifest\.json|[a-z_]+\/(\d+\.(jsonl|html)|file-[0-9a-f]+))$/);
  });

  test('is aborted if its files were replaced', async () => {
    await openaiOf('ada').conversations.create({ metadata: { topic: 'x' } });
    const id = await exported('ada');
    const rows = await local.rows();
    // As version 0.1.0 stored it.
    const replaced = rows.flatMap(({ content: _, ...row }) =>
      row.file?.S?.startsWith('conversations/') ? [{ ...row, sha256: { S: '0'.repeat(64) } }] : [],
    );
    await local.restore('sciences', replaced);
    await expect((await fetched('ada', id)).arrayBuffer()).rejects.toThrow('not as it was written');
  });
});

test('an unknown kind of row stops an export, so that no content is omitted silently', async () => {
  await local.restore('sciences', [{ pk: { S: 'user#ada' }, sk: { S: 'novelty#1' } }]);
  const rights = local.rights();
  const { id } = await rights.export('ada', 'root');
  await expect(rights.runner.run(id)).rejects.toThrow("rows of the kind 'novelty' can't be exported yet");
});

test('an export of a user who is being erased ends, and leaves nothing', async () => {
  const openai = openaiOf('ada');
  await openai.responses.create({ model, input: 'one' });
  const rights = local.rights();
  const { id } = await rights.export('ada', 'root');
  const erasure = await rights.erase('ada', 'root');
  await rights.runner.run(id);
  expect(await rights.find(id)).toMatchObject({ state: 'cancelled' });
  await rights.runner.run(erasure.id);
  expect(await local.rows()).toEqual([]);
  expect(await local.objects()).toBe(0);
  await expect(rights.export('ada', 'root')).rejects.toThrow('is being erased, or has been');
});

test.each(['before', 'after'] as const)(
  'an export that is killed %s each call in turn continues, and is complete',
  async (fault) => {
    for (let nth = 1, reached = true; reached; nth++) {
      const user = `ada-${nth}`;
      const openai = openaiOf(user);
      const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
      for (const input of ['one', 'two']) await openai.responses.create({ model, input, conversation });
      await openai.files.create({ file: await toFile(Buffer.from('in a file'), 'note.txt'), purpose: 'user_data' });
      await openai.post('/prompts', { body: { name: 'mine', instructions: 'Say {{what}}' } });
      const { id } = await local.rights().export(user, 'root');
      reached = await local.faults.killAt(nth, fault, () => local.rights().runner.run(id));
      await local.rights().runner.run(id);
      const files = await unpacked(await fetched(user, id));
      const { counts } = JSON.parse(files.get('manifest.json') ?? '');
      expect(counts).toEqual({ conversations: 1, files: 1, items: 4, prompts: 1, prompt_versions: 1, responses: 2 });
      expect(linesOf(files, 'items').map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
      expect(linesOf(files, 'responses')).toHaveLength(2);
      const [{ file }] = linesOf(files, 'files');
      expect(files.get(file)).toBe('in a file');
    }
  },
  240_000,
);
