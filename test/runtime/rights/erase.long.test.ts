import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type OpenAI from 'openai';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { LocalContent } from '../workspace/conversations/support/local-content';
import type { RightsProcess } from './support/rights-process';

const model = 'assistant';
const LARGE = 'x'.repeat(400_000);
const DAY_MS = 86_400_000;
const WINDOW_MS = DAY_MS + 2 * KEY_CACHE_MS;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

/** A client whose input may be larger than the table's rows. */
const openaiOf = (user: string) =>
  local.openai(user, local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } }));

/** Creates content of every kind: in the table and the bucket, replaced and deleted there, and exported. */
async function fill(openai: OpenAI, rights: RightsProcess, user: string): Promise<void> {
  const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
  await openai.responses.create({ model, input: 'Guten Tag', conversation });
  await openai.responses.create({ model, input: LARGE, conversation });
  const { id } = await openai.responses.create({ model, input: 'one' });
  await openai.responses.create({ model, input: 'two', previous_response_id: id });
  await openai.responses.delete((await openai.responses.create({ model, input: LARGE })).id);
  await rights.runner.run((await rights.export(user, 'root')).id);
}

const partOf = (rows: readonly Row[], user: string) => rows.filter(({ pk }) => pk?.S === `user#${user}`);

const ciphertextsOf = (rows: readonly Row[]) => rows.flatMap(({ content }) => content?.B ?? []);

async function versionsOf(user: string) {
  const found: { Key: string; VersionId: string; body?: Uint8Array }[] = [];
  for (const Prefix of [`content/${user}/`, `exports/${user}/`]) {
    const { Versions = [], DeleteMarkers = [] } = await local.s3.send(
      new ListObjectVersionsCommand({ Bucket: 'sciences-files', Prefix }),
    );
    for (const { Key = '', VersionId = '' } of Versions) {
      const command = new GetObjectCommand({ Bucket: 'sciences-files', Key, VersionId });
      const body = await (await local.s3.send(command)).Body?.transformToByteArray();
      found.push({ Key, VersionId, body });
    }
    for (const { Key = '', VersionId = '' } of DeleteMarkers) found.push({ Key, VersionId });
  }
  return found;
}

const certificates = async () => {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket: 'evidence' }));
  return Versions.map(({ Key = '' }) => Key);
};

const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    ({ status, code }) => `${status} ${code}`,
  );

test('nothing of an erased user decrypts: not in tables, buckets with versions, exports or restored backups', async () => {
  const rights = local.rights();
  const openai = openaiOf('ada');
  await fill(openai, rights, 'ada');
  await fill(openaiOf('eve'), rights, 'eve');
  const [rows, keys, objects] = [
    await local.backup('sciences'),
    await local.backup('sciences-keys'),
    await versionsOf('ada'),
  ];
  const copies = [...ciphertextsOf(partOf(rows, 'ada')), ...objects.flatMap(({ body }) => body ?? [])];
  expect(copies.length).toBeGreaterThan(8);
  for (const copy of copies) await local.newKeyring().decrypt('ada', copy);

  const { id } = await rights.erase('ada', 'root');
  // From the request on, before anything is deleted.
  expect(await statusOf(openai.conversations.create())).toBe('403 content_erased');
  expect(await statusOf(openai.responses.create({ model, input: 'x' }))).toBe('403 content_erased');
  await rights.runner.run(id);
  expect(await rights.find(id)).toMatchObject({
    state: 'erased',
    counts: { 'rows.conversation': 1, 'rows.response': 4 },
  });
  expect(partOf(await local.backup('sciences'), 'ada')).toEqual([]);
  expect(await versionsOf('ada')).toEqual([]);
  for (const copy of copies) await expect(local.newKeyring().decrypt('ada', copy)).rejects.toThrow(KeyGone);

  // Within the window of the key store's backup, a restored key decrypts, and nothing is certified.
  local.time += DAY_MS;
  await local.restore('sciences', partOf(rows, 'ada'));
  for (const copy of copies) await expect(local.newKeyring().decrypt('ada', copy)).rejects.toThrow(KeyGone);
  const own = keys.filter((row) => row['branch-key-id']?.S === 'sciences/ada');
  await local.restore('sciences-keys', own);
  for (const copy of copies) await local.newKeyring().decrypt('ada', copy);
  await rights.runner.run(id);
  expect(await certificates()).toEqual([]);

  // Nor after it, for as long as the key exists.
  local.time += WINDOW_MS;
  await expect(local.rights().runner.run(id)).rejects.toThrow(
    "the key of the job's user still decrypts, so nothing is certified",
  );
  expect(await certificates()).toEqual([]);
});

test('a certificate is issued once no backup of the key is left, and lists what was erased where', async () => {
  const rights = local.rights();
  await fill(openaiOf('ada'), rights, 'ada');
  for (const [member, days] of [
    ['ada', 3],
    ['eve', 1],
  ] as const)
    local.used.set(member, days);
  const begun = local.time;
  const { id } = await rights.erase('ada', 'root');
  expect(await rights.runner.run(id)).toEqual({
    job: id,
    actor: 'eraser',
    notBefore: new Date(begun + WINDOW_MS).toISOString(),
  });
  local.time = begun + WINDOW_MS - 1;
  await rights.runner.run(id);
  expect(await certificates()).toEqual([]);
  expect([...local.used]).toEqual([['eve', 1]]);
  // The usage of a running request, counted at its end.
  local.used.set('ada', 1);
  local.time = begun + WINDOW_MS;
  expect(await rights.runner.run(id)).toEqual({ job: id });
  expect([...local.used]).toEqual([['eve', 1]]);
  const figures = (await rights.find(id))?.figures ?? {};
  expect(await certificates()).toEqual([figures.certificate]);
  const command = new GetObjectCommand({ Bucket: 'evidence', Key: `${figures.certificate}` });
  const text = (await (await local.s3.send(command)).Body?.transformToString()) ?? '';
  expect(createHash('sha256').update(text).digest('hex')).toBe(figures.certificateSha256);
  expect(JSON.parse(text)).toEqual({
    certificate: 'erasure of one user',
    version: 1,
    workspace: 'sciences',
    user: 'ada',
    erasure: id,
    requested: { by: 'root', at: '2026-11-27T00:00:00.000Z' },
    erased: {
      counts: {
        days: 3,
        'days.late': 1,
        links: 0,
        'links.late': 0,
        'objects.content': expect.any(Number),
        'objects.exports': expect.any(Number),
        'objects.late': 0,
        'rows.conversation': 1,
        'rows.export': 1,
        'rows.exportfile': expect.any(Number),
        'rows.late': 0,
        'rows.response': 4,
        'rows.segment': expect.any(Number),
        'rows.thread': 1,
        'rows.write': 2,
      },
      keyErasedAt: '2026-11-27T00:00:00.000Z',
      keyForgottenAt: '2026-11-27T00:02:00.000Z',
    },
    copies: {
      table: { what: expect.any(String), lastExpires: '2027-01-02T00:02:00.000Z' },
      bucket: { what: expect.any(String), lastExpires: '2026-11-28T00:02:00.000Z' },
      keyStore: { what: expect.any(String), lastExpires: '2026-11-28T00:02:00.000Z' },
      usage: { what: expect.stringContaining('under no key of theirs'), lastExpires: '2027-01-02T00:02:00.000Z' },
    },
    test: {
      what: expect.any(String),
      ciphertextSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      decryptedAt: '2026-11-27T00:00:00.000Z',
      refusedAt: '2026-11-28T00:02:00.000Z',
    },
  });
});

test('an erasure is never certified while the key exists, whatever the job says', async () => {
  await openaiOf('ada').responses.create({ model, input: 'one' });
  const destroy = async () => ({ erasedAt: new Date(local.time), forgottenAt: new Date(local.time), deleted: 2 });
  const keys = { destroy, readmit: async () => {}, rotate: async () => {} };
  const { id } = await local.rights({ keys }).erase('ada', 'root');
  await local.rights({ keys }).runner.run(id);
  local.time += WINDOW_MS;
  await expect(local.rights().runner.run(id)).rejects.toThrow('still decrypts');
  expect(await certificates()).toEqual([]);
});

test('content from a request that was admitted earlier is deleted before the certificate', async () => {
  const rights = local.rights();
  const openai = openaiOf('ada');
  await openai.responses.create({ model, input: 'one' });
  const rows = partOf(await local.backup('sciences'), 'ada');
  const { id } = await rights.erase('ada', 'root');
  await rights.runner.run(id);
  await local.restore('sciences', rows);
  local.time += WINDOW_MS;
  await rights.runner.run(id);
  expect(partOf(await local.backup('sciences'), 'ada')).toEqual([]);
  expect(await rights.find(id)).toMatchObject({ state: 'certified', counts: { 'rows.late': 1 } });
});

test('a repeated request returns the same erasure', async () => {
  const rights = local.rights();
  const first = await rights.erase('ada', 'root');
  await rights.runner.run(first.id);
  expect((await rights.erase('ada', 'other')).id).toBe(first.id);
});

test('an erased user is readmitted after the certificate, without content', async () => {
  const rights = local.rights();
  const openai = openaiOf('ada');
  const { id: before } = await openai.conversations.create();
  const { id } = await rights.erase('ada', 'root');
  await rights.runner.run(id);
  await expect(rights.readmit('ada', 'root')).rejects.toThrow(
    'this user can be readmitted once their erasure is certified',
  );
  local.time += WINDOW_MS;
  await rights.runner.run(id);
  const { id: back } = await rights.readmit('ada', 'root');
  await rights.runner.run(back);
  // A process may still run a step of the erasure, and would delete what the user stores.
  expect(await statusOf(openai.conversations.create())).toBe('403 content_erased');
  local.time += 15 * 60_000;
  await rights.runner.run(back);
  expect(await statusOf(openai.conversations.retrieve(before))).toBe('404 conversation_not_found');
  expect(await statusOf(openai.conversations.create())).toBe(200);
});

test('many rows and objects are deleted in several steps', async () => {
  const openai = openaiOf('ada');
  await openai.responses.create({ model, input: 'one' });
  const [row] = partOf(await local.backup('sciences'), 'ada');
  await local.restore(
    'sciences',
    Array.from({ length: 2_050 }, (_, nth) => ({ ...row, sk: { S: `response#resp_${nth}` } })),
  );
  const rights = local.rights();
  const { id } = await rights.erase('ada', 'root');
  await rights.runner.run(id);
  expect(partOf(await local.backup('sciences'), 'ada')).toEqual([]);
  expect(await rights.find(id)).toMatchObject({ counts: { 'rows.response': 2_051 } });
}, 180_000);

test.each(['before', 'after'] as const)(
  'an erasure that is killed %s each call in turn continues, to the same certificate',
  async (fault) => {
    let counts: unknown;
    for (let nth = 1, reached = true; reached; nth++) {
      const user = `ada-${nth}`;
      const openai = openaiOf(user);
      const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
      await openai.responses.create({ model, input: LARGE, conversation });
      const rows = partOf(await local.backup('sciences'), user);
      local.used.set(user, 2);
      const run = async () => {
        const rights = local.rights();
        const { id } = await rights.erase(user, 'root');
        await rights.runner.run(id);
        local.time += WINDOW_MS;
        await rights.runner.run(id);
      };
      reached = await local.faults.killAt(nth, fault, run);
      const rights = local.rights();
      const { id } = await rights.erase(user, 'root');
      await rights.runner.run(id);
      local.time += WINDOW_MS;
      await rights.runner.run(id);
      const job = await rights.find(id);
      expect(job?.state).toBe('certified');
      counts ??= job?.counts;
      expect(job?.counts).toEqual(counts);
      expect(partOf(await local.backup('sciences'), user)).toEqual([]);
      expect(await versionsOf(user)).toEqual([]);
      for (const copy of ciphertextsOf(rows))
        await expect(local.newKeyring().decrypt(user, copy)).rejects.toThrow(KeyGone);
      expect((await certificates()).filter((key) => key.includes(id))).toHaveLength(1);
    }
  },
  300_000,
);
