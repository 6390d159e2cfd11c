import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { RECEIVED, Upgraded } from '../releases/support/upgraded';
import { cleanUp, refusalOf, type Summary, summaryOf } from './reader';
import { LETTER, OTHERS, type Sent, ServedExports } from './served-exports';

jest.setTimeout(600_000);

const ITEMS = 10_000;
const exports = new ServedExports();
let sent: Sent;
let own: Buffer;
let summary: Summary;
beforeAll(async () => {
  await exports.start();
  sent = await exports.store(ITEMS);
  own = await exports.exported('member');
  summary = summaryOf(own);
});
afterAll(async () => {
  await exports.end();
  cleanUp();
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const saidIn = (conversation: string, { said } = summary) =>
  said.filter(([log, generated]) => log === conversation && !generated).flatMap(([, , texts]) => texts);

test('an independent reader finds all that was stored, in its order', () => {
  expect(summary).toMatchObject({ version: 1, user: 'member', workspace: 'sciences', prompts: [sent.prompt, 'x'] });
  for (const [conversation, texts] of sent.said) expect(saidIn(conversation)).toEqual(texts);
  expect(summary.answered.flat().sort()).toEqual([...sent.answers].sort());
  const generated = summary.said.filter(([, isGenerated]) => isGenerated).flatMap(([, , texts]) => texts);
  expect([generated.length, summary.answered.flat()]).toEqual([2, expect.arrayContaining(generated)]);
  const files = Object.entries(sent.files).map(([name, content]) => [name, sha256(content)]);
  expect(summary.files).toEqual(files.sort());
  expect(summary.counts).toMatchObject({
    conversations: 2,
    threads: 1,
    items: ITEMS + 4,
    responses: 3,
    files: 3,
    prompts: 2,
    prompt_versions: 2,
    shares: 1,
    shared_files: 1,
    uploads: 1,
    upload_parts: 1,
  });
});

test('each line has the form of the schema, and no field that it lacks', () => {
  const schema = JSON.parse(readFileSync(path.join(__dirname, '../../residency-export.schema.json'), 'utf8'));
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addSchema(schema, 'export');
  for (const [folder, lines] of Object.entries(summary.folders ?? {})) {
    const validate = ajv.getSchema(`export#/$defs/${folder}`);
    const forms: readonly { readonly properties: object }[] = schema.$defs[folder].anyOf ?? [schema.$defs[folder]];
    const known = forms.flatMap(({ properties }) => Object.keys(properties));
    for (const line of lines) {
      expect([folder, validate?.(line), validate?.errors]).toEqual([folder, true, null]);
      if (folder !== 'responses') expect(known).toEqual(expect.arrayContaining(Object.keys(line)));
    }
  }
  expect(Object.keys(schema.$defs)).toEqual(expect.arrayContaining(Object.keys(summary.counts)));
  const manifest = JSON.parse(own.subarray(512, own.indexOf('\0', 512)).toString());
  expect([ajv.validate('export', manifest), ajv.errors]).toEqual([true, null]);
});

test('the text of an office file is in the export, where its line says', () => {
  const files = summary.folders?.files ?? [];
  const text = files.flatMap((line) => line.text ?? []);
  expect(text).toEqual([`${files.find(({ name }) => name === 'letter.docx')?.file}.txt`]);
  expect(own.includes(LETTER)).toBe(true);
});

test('an export has nothing of another member', async () => {
  expect(own.includes(OTHERS)).toBe(false);
  const others = await exports.exported('otherMember');
  expect(others.includes(OTHERS)).toBe(true);
  expect(summaryOf(others).asked).toEqual([[OTHERS]]);
});

test('an export that was changed is refused by the reader', () => {
  const changed = (from: string, to: string) => {
    const at = own.indexOf(from, own.indexOf('items/'));
    const copy = Buffer.from(own);
    copy.write(to, at, 'latin1');
    return copy;
  };
  expect(refusalOf(own)).toBe('');
  expect(refusalOf(changed('9999', '9998'))).toMatch(/isn't as manifest.json says/);
  const [head, manifest] = [own.subarray(0, 512), own.subarray(512, own.indexOf('\0', 512))];
  const newer = Buffer.from(`${manifest}`.replace('"formatVersion": 1', '"formatVersion": 9'));
  expect(refusalOf(Buffer.concat([head, newer, own.subarray(512 + newer.length)]))).toMatch(/has the version 9/);
  const ended = Buffer.concat([
    own.subarray(0, own.indexOf('usage/') > 0 ? 512 + manifest.length + 512 - (manifest.length % 512) : 0),
    Buffer.alloc(1024),
  ]);
  expect(refusalOf(ended)).toMatch(/is missing/);
});

test('an export of version 0.1.0 is read as version 0', async () => {
  const upgraded = await Upgraded.open();
  try {
    const request = RECEIVED.requests.find(
      ({ path: to, status }) => /\/v1\/exports\/export_/.test(to) && status === 200,
    );
    if (request === undefined) throw new Error('0.1.0 made no export');
    const { status, bytes } = await upgraded.ask(request);
    expect([status, summaryOf(bytes)]).toMatchObject([200, { version: 0 }]);
  } finally {
    upgraded.close();
  }
});

test('a hand-over has the same content, without the records of requests and the tokens that the member used', async () => {
  const handed = summaryOf(await exports.handedOver());
  expect(handed).toMatchObject({ version: 1, user: 'member' });
  expect([handed.said, handed.files, handed.prompts]).toEqual([summary.said, summary.files, summary.prompts]);
  expect([Object.keys(summary.counts), Object.keys(handed.counts).sort()]).toEqual([
    expect.arrayContaining(['records', 'usage']),
    Object.keys(summary.counts)
      .filter((folder) => !['records', 'usage'].includes(folder))
      .sort(),
  ]);
});
