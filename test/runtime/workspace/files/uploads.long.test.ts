import { createHash, randomBytes } from 'node:crypto';
import { toFile } from 'openai';
import { LocalContent } from '../conversations/support/local-content';

const purpose = 'user_data' as const;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    (error) => `${error.status} ${error.code} ${error.param}`,
  );

const TEXT = Buffer.from(randomBytes(900).toString('base64'));
const md5 = createHash('md5').update(TEXT).digest('hex');
const wanted = { bytes: TEXT.length, filename: 'large.txt', mime_type: 'text/plain', purpose };
const piece = (content: Uint8Array) => toFile(content, 'blob', { type: 'application/octet-stream' });

async function begun() {
  const openai = local.openai();
  const upload = await openai.uploads.create(wanted);
  const parts = [];
  for (const at of [0, 400, 800]) {
    const data = await piece(TEXT.subarray(at, at + 400));
    parts.push((await openai.uploads.parts.create(upload.id, { data })).id);
  }
  return { openai, upload, parts };
}

test('parts become a file in the requested order, whatever the order of arrival', async () => {
  const openai = local.openai();
  const { id } = await openai.uploads.create(wanted);
  const add = async (from: number, to: number) =>
    openai.uploads.parts.create(id, { data: await piece(TEXT.subarray(from, to)) });
  const [last, unused, first] = [await add(500, 1_200), await add(0, 7), await add(0, 500)];
  expect((await openai.files.list()).data).toEqual([]);
  const upload = await openai.uploads.complete(id, { part_ids: [first.id, last.id], md5 });
  expect(upload).toMatchObject({ id, status: 'completed', file: { filename: 'large.txt', bytes: TEXT.length } });
  const file = upload.file?.id ?? '';
  expect(await (await openai.files.content(file)).text()).toBe(TEXT.toString());
  // Unused parts are deleted, and so is the upload.
  expect(unused.id).toMatch(/^part_/);
  expect(await local.objects()).toBe(2);
  expect((await local.rows()).map(({ sk }) => sk?.S)).toEqual([`file#${file}`]);
  // A client without an answer retries.
  expect(await openai.uploads.complete(id, { part_ids: [first.id, last.id], md5 })).toEqual(upload);
  expect(await codeOf(openai.uploads.parts.create(id, { data: await piece(TEXT) }))).toBe(
    '404 upload_not_found upload_id',
  );
  await openai.files.delete(file);
  expect(await local.objects()).toBe(0);
});

test.each<[string, (parts: readonly string[]) => { part_ids: string[]; md5?: string }, string]>([
  ['a part that is missing', ([a = '', b = '']) => ({ part_ids: [a, b] }), 'part_ids'],
  ['a part twice', ([a = '', b = '']) => ({ part_ids: [a, b, b] }), 'part_ids'],
  ['a part of another', ([a = '', b = '']) => ({ part_ids: [a, b, `part_${'0'.repeat(32)}`] }), 'part_ids'],
  ['another checksum', (parts) => ({ part_ids: [...parts], md5: '0'.repeat(32) }), 'md5'],
  ['no checksum at all', (parts) => ({ part_ids: [...parts], md5: 'x' }), 'md5'],
  ['an order with another checksum', (parts) => ({ part_ids: parts.toReversed(), md5 }), 'md5'],
])('with %s, no file is created, and the upload stays open', async (_, body, param) => {
  const { openai, upload, parts } = await begun();
  expect(await codeOf(openai.uploads.complete(upload.id, body(parts)))).toBe(`400 invalid_value ${param}`);
  expect((await openai.files.list()).data).toEqual([]);
  await openai.uploads.complete(upload.id, { part_ids: parts, md5 });
  expect((await openai.files.list()).data).toHaveLength(1);
});

test('a cancelled upload leaves nothing', async () => {
  const { openai, upload, parts } = await begun();
  expect(await openai.uploads.cancel(upload.id)).toMatchObject({ status: 'cancelled', file: null });
  expect(await local.objects()).toBe(0);
  expect(await local.rows()).toEqual([]);
  expect(await codeOf(openai.uploads.complete(upload.id, { part_ids: parts }))).toBe('404 upload_not_found upload_id');
});

test('an upload is open for an hour, and the next upload deletes its remains', async () => {
  const { openai, upload, parts } = await begun();
  expect(upload.expires_at - upload.created_at).toBe(3_600);
  local.time += 3_600_000;
  expect(await codeOf(openai.uploads.complete(upload.id, { part_ids: parts }))).toBe('404 upload_not_found upload_id');
  const { id } = await openai.uploads.create(wanted);
  expect((await local.rows()).map(({ sk }) => sk?.S)).toEqual([`upload#${id}`]);
  expect(await local.objects()).toBe(0);
});

test('an upload is private to its member', async () => {
  const { upload, parts } = await begun();
  const bob = local.openai('bob');
  const guessed = upload.id.replace(/.{4}$/, '0000');
  const answers = async (id: string) =>
    Promise.all([
      codeOf(bob.uploads.parts.create(id, { data: await piece(TEXT) })),
      codeOf(bob.uploads.complete(id, { part_ids: parts })),
      codeOf(bob.uploads.cancel(id)),
    ]);
  expect(await answers(upload.id)).toEqual(await answers(guessed));
  expect(await answers(upload.id)).toEqual(Array(3).fill('404 upload_not_found upload_id'));
});

test('too many parts, too large a file and an unsupported type are refused before they are stored', async () => {
  const openai = local.openai();
  expect(await codeOf(openai.uploads.create({ ...wanted, bytes: 2 ** 30 }))).toBe('400 file_too_large bytes');
  expect(await codeOf(openai.uploads.create({ ...wanted, bytes: 0 }))).toBe('400 invalid_value bytes');
  expect(await codeOf(openai.uploads.create({ ...wanted, mime_type: 'application/zip' }))).toBe(
    '400 file_refused mime_type',
  );
  const { id } = await openai.uploads.create(wanted);
  const data = await piece(Buffer.from('x'));
  await Promise.all(Array.from({ length: 4 }, () => openai.uploads.parts.create(id, { data })));
  const rows = await local.rows();
  const upload = rows.find(({ sk }) => sk?.S === `upload#${id}`);
  const part = rows.find(({ sk }) => sk?.S?.startsWith(`part#${id}#`));
  expect(upload?.parts?.N).toBe('4');
  // Most parts are copies of a row, because adding a part takes a while.
  const copies = Array.from({ length: 59 }, (_, n) => ({ ...part, sk: { S: `${part?.sk?.S}${n}` } }));
  await local.restore('sciences', [...copies, { ...upload, parts: { N: '63' } }]);
  await openai.uploads.parts.create(id, { data });
  expect(await codeOf(openai.uploads.parts.create(id, { data }))).toBe('400 invalid_value data');
  expect(await local.objects()).toBe(5);
  await openai.uploads.cancel(id);
  expect([await local.objects(), await local.rows()]).toEqual([0, []]);
});
