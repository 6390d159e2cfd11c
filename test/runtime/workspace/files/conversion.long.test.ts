import { docx, paragraph, xlsx } from '@/test/runtime/conversion/support/documents';
import { CONVERSIONS, LocalContent } from '../conversations/support/local-content';
import { RecordingEcho } from '../conversations/support/recording-echo';

const model = 'assistant';
const purpose = 'user_data';
const HOUR = 3_600_000;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const converting = (upstream?: RecordingEcho) =>
  local.gateway({ conversions: { table: CONVERSIONS } }, upstream?.upstream);
const client = (member = 'ada', upstream?: RecordingEcho) => local.openai(member, converting(upstream));
const office = (content: Buffer, name: string, type = '') => new File([new Uint8Array(content)], name, { type });
const report = docx(paragraph('Grüße aus Zürich'), [{ name: 'word/media/1.png', content: 'x' }]);

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    (error) => `${error.status} ${error.code} ${error.param}`,
  );

const requests = () => local.backup(CONVERSIONS);

/** Answers all requests, as the stream would. */
async function convertAll(): Promise<string[]> {
  const outcomes: string[] = [];
  for (const { pk, sk } of await requests()) outcomes.push(await local.converter().convert(`${pk?.S}`, `${sk?.S}`));
  return outcomes;
}

const input = (id: string) => [{ role: 'user' as const, content: [{ type: 'input_file' as const, file_id: id }] }];

test('an office file is uploaded, then processed, and a model is sent its text', async () => {
  const upstream = new RecordingEcho();
  const openai = client('ada', upstream);
  const file = await openai.files.create({ file: office(report, 'Bericht.docx'), purpose });
  expect(file).toMatchObject({ status: 'uploaded', bytes: report.length, filename: 'Bericht.docx' });
  expect(await codeOf(openai.responses.create({ model, input: input(file.id) }))).toBe(
    '409 file_not_ready input[0].content[0].file_id',
  );
  expect(await convertAll()).toEqual(['converted']);
  const processed = { ...file, status: 'processed', status_details: 'Not in the text: 1 image.' };
  expect(await openai.files.retrieve(file.id)).toEqual(processed);
  expect((await openai.files.list()).data).toEqual([processed]);
  await openai.responses.create({ model, input: input(file.id) });
  const document = upstream.sent
    .at(-1)
    ?.flatMap(({ content = [] }) => content.flatMap((block) => block.document ?? []));
  expect(document).toMatchObject([{ format: 'txt' }]);
  expect(Buffer.from(document?.[0]?.source?.bytes ?? []).toString()).toBe('Grüße aus Zürich\n');
  const content = await openai.files.content(file.id);
  expect(Buffer.from(await content.arrayBuffer())).toEqual(report);
});

test('an upload in parts is converted too', async () => {
  const openai = client();
  const mime = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  const upload = await openai.uploads.create({ filename: 'a.docx', bytes: report.length, mime_type: mime, purpose });
  const [first, second] = [report.subarray(0, 100), report.subarray(100)];
  const ids: string[] = [];
  for (const part of [first, second]) {
    ids.push((await openai.uploads.parts.create(upload.id, { data: new File([new Uint8Array(part)], 'p') })).id);
  }
  expect(await requests()).toEqual([]);
  const completed = await openai.uploads.complete(upload.id, { part_ids: ids });
  expect(completed.file?.status).toBe('uploaded');
  expect(await convertAll()).toEqual(['converted']);
  expect((await openai.files.retrieve(completed.file?.id ?? '')).status).toBe('processed');
  expect(await openai.uploads.complete(upload.id, { part_ids: ids })).toMatchObject({ file: { status: 'processed' } });
});

test.each([
  ['a.docx', docx(paragraph('x'), [{ name: 'word/document.xml', content: '<!DOCTYPE a>' }]), 'has a document type'],
  ['a.xlsx', Buffer.from('PK\x03\x04'), 'is damaged'],
  ['a.odt', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100)]), 'is damaged'],
  ['a.csv', Buffer.from('a\0b'), 'is no docx, pptx, xlsx, odt or csv file'],
])('a file that cannot be converted is an error with its reason: %s', async (name, content, why) => {
  const openai = client();
  const file = await openai.files.create({ file: office(content, name), purpose });
  expect(await convertAll()).toEqual(['failed']);
  const shown = await openai.files.retrieve(file.id);
  expect(shown).toMatchObject({ status: 'error' });
  expect(shown.status_details).toContain(why);
  expect(await codeOf(openai.responses.create({ model, input: input(file.id) }))).toBe(
    '400 file_refused input[0].content[0].file_id',
  );
  await openai.files.delete(file.id);
  expect(await local.objects()).toBe(0);
  expect(await local.rows()).toEqual([]);
});

test('a file that nothing converts is an error after an hour, and is still processed if it is converted later', async () => {
  const openai = client();
  const file = await openai.files.create({ file: office(report, 'a.docx'), purpose });
  local.time += HOUR - 1;
  expect((await openai.files.retrieve(file.id)).status).toBe('uploaded');
  local.time += 1;
  expect(await openai.files.retrieve(file.id)).toMatchObject({
    status: 'error',
    status_details: "The file wasn't converted in time.",
  });
  expect(await codeOf(openai.responses.create({ model, input: input(file.id) }))).toContain('400 file_refused');
  await convertAll();
  expect((await openai.files.retrieve(file.id)).status).toBe('processed');
});

test('conversations and prompts refuse a file that is not ready', async () => {
  const openai = client();
  const { id } = await openai.files.create({ file: office(report, 'a.docx'), purpose });
  const items = input(id).map((item) => ({ ...item, type: 'message' as const }));
  expect(await codeOf(openai.conversations.create({ items }))).toBe('409 file_not_ready items[0].content[0].file_id');
  await convertAll();
  const conversation = await openai.conversations.create({ items });
  expect(await codeOf(openai.responses.create({ model, input: 'x', conversation: conversation.id }))).toBe('none');
});

test('other members see neither a file nor its text', async () => {
  const { id } = await client().files.create({ file: office(report, 'a.docx'), purpose });
  await convertAll();
  const bob = client('bob');
  expect(await codeOf(bob.files.retrieve(id))).toContain('404');
  expect(await codeOf(bob.responses.create({ model, input: input(id) }))).toContain('404');
  expect(await local.converter().convert('bob', id)).toBe('withdrawn');
});

test('a request has IDs and nothing else, and expires after a day', async () => {
  const { id } = await client().files.create({ file: office(report, 'a.docx'), purpose });
  expect(await requests()).toEqual([
    {
      pk: { S: 'ada' },
      sk: { S: id },
      parts: { L: [{ S: '0' }] },
      stays: { BOOL: false },
      expiresAt: { N: `${local.time / 1_000 + 86_400}` },
    },
  ]);
});

test('deleting a file deletes its text, its report and its request', async () => {
  const openai = client();
  const { id } = await openai.files.create({ file: office(report, 'a.docx'), purpose });
  await convertAll();
  expect(await local.objects()).toBe(3);
  await openai.files.delete(id);
  expect(await local.objects()).toBe(0);
  expect(await requests()).toEqual([]);
});

test('a file that is deleted while it is converted leaves nothing', async () => {
  const openai = client();
  const { id } = await openai.files.create({ file: office(report, 'a.docx'), purpose });
  const converter = local.converter({
    parse: async () => {
      await openai.files.delete(id);
      return { kind: 'docx', text: 'late', lost: {} };
    },
  });
  expect(await converter.convert('ada', id)).toBe('withdrawn');
  expect(await local.objects()).toBe(0);
  expect(await local.rows()).toEqual([]);
  expect(await requests()).toEqual([]);
});

test('requests, rows and objects show neither the text nor the name nor the kind of a file', async () => {
  const canary = 'Kanarienvogel';
  const content = xlsx({
    sheets: [
      { name: canary, xml: `<worksheet><sheetData><row><c t="str"><v>${canary}</v></c></row></sheetData></worksheet>` },
    ],
  });
  const openai = client();
  const { id } = await openai.files.create({ file: office(content, `${canary}.xlsx`), purpose });
  await convertAll();
  expect((await openai.files.retrieve(id)).status).toBe('processed');
  const stored = JSON.stringify([await local.rows(), await requests()]) + local.bytes();
  expect(stored).toContain(id);
  expect(stored).not.toContain(canary);
  expect(JSON.stringify([await local.rows(), await requests()])).not.toContain('xlsx');
});

test('the text of a file expires with it, unless something of its member is on hold', async () => {
  const openai = client();
  await openai.files.create({ file: office(report, 'a.docx'), purpose });
  await convertAll();
  expect((await local.tags()).ada).toEqual(Array(3).fill('residency-expires=yes'));
});

test.each(['sample.zip', 'a.docx', 'b.xlsx'])('without conversions, %s is refused as before', async (name) => {
  const openai = local.openai();
  const asked = openai.files.create({ file: office(report, name), purpose });
  await expect(asked).rejects.toThrow(/is an archive or an office file/);
});

test('without conversions, a table is a text that is used at once', async () => {
  const openai = local.openai();
  const file = await openai.files.create({ file: office(Buffer.from('a,b\n'), 'a.csv', 'text/csv'), purpose });
  expect(file.status).toBe('processed');
});

test('with conversions, other archives and older office files are refused', async () => {
  const openai = client();
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  expect(await codeOf(openai.files.create({ file: office(report, 'a.zip'), purpose }))).toBe('400 file_refused file');
  await expect(openai.files.create({ file: office(old, 'a.docx'), purpose })).rejects.toThrow(
    /encrypted, or has an older format/,
  );
  expect(await codeOf(openai.files.create({ file: office(old, 'a.csv'), purpose }))).toBe('400 file_refused file');
  expect(await codeOf(openai.files.create({ file: office(report, 'a', 'constructor'), purpose }))).toBe(
    '400 file_refused file',
  );
  expect(await requests()).toEqual([]);
});
