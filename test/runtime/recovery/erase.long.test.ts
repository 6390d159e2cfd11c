import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type OpenAI from 'openai';
import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { LocalRecovery } from './support/local-recovery';

const model = 'assistant';
const LARGE = 'x'.repeat(400_000);
const DAY_MS = 86_400_000;
const WINDOW_MS = DAY_MS + 2 * KEY_CACHE_MS;

let local: LocalContent;
let recovery: LocalRecovery;
beforeEach(() => {
  local = new LocalContent();
  recovery = new LocalRecovery(local);
});
afterEach(() => {
  recovery.close();
  local.close();
});

const openaiOf = (user: string): OpenAI =>
  local.openai(user, local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } }));
const rightsOf = (actor?: Actor) => local.rights({ recovery: recovery.stores() }, actor);

/** Creates content of every kind in both Regions: in the table and the bucket, replaced and deleted there. */
async function fill(user: string): Promise<void> {
  const openai = openaiOf(user);
  const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
  await openai.responses.create({ model, input: LARGE, conversation });
  const { id } = await openai.responses.create({ model, input: LARGE });
  await openai.responses.create({ model, input: 'two', previous_response_id: id });
  await recovery.replicate();
  await openai.responses.delete(id);
  await recovery.replicate();
  await recovery.copyKeys();
}

const partOf = (rows: readonly Row[], user: string) => rows.filter(({ pk }) => pk?.S === `user#${user}`);
const ofKeys = (rows: readonly Row[], user: string) =>
  rows.filter((row) => row['branch-key-id']?.S === `sciences/${user}`);

const certificates = async (): Promise<string[]> => {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket: 'evidence' }));
  return Versions.map(({ Key = '' }) => Key);
};

test('nothing of an erased user decrypts in the recovery Region: not in its table, its bucket with versions, or restored backups', async () => {
  await fill('ada');
  await fill('eve');
  const [rows, keys, objects] = [
    await recovery.backup('content'),
    await recovery.backup('keys'),
    await recovery.versions('content/ada/'),
  ];
  // A version that was deleted in the primary Region still exists there.
  expect(objects.some(({ body }) => body === undefined)).toBe(true);
  const copies = [
    ...partOf(rows, 'ada').flatMap(({ content }) => content?.B ?? []),
    ...objects.flatMap(({ body }) => body ?? []),
  ];
  expect(copies.length).toBeGreaterThan(4);
  for (const copy of copies) await recovery.keyring().decrypt('ada', copy);

  const rights = rightsOf();
  const { id } = await rights.erase('ada', 'root');
  await rights.runner.run(id);
  expect(await rights.find(id)).toMatchObject({ state: 'erased', step: 'late' });
  expect(partOf(await recovery.backup('content'), 'ada')).toEqual([]);
  expect(await recovery.versions('content/ada/')).toEqual([]);
  expect(ofKeys(await recovery.backup('keys'), 'ada').map(({ type }) => type?.S)).toEqual(['erased']);
  const refused = async () => {
    for (const copy of copies) await expect(recovery.keyring().decrypt('ada', copy)).rejects.toThrow(KeyGone);
  };
  await refused();
  // Nor with the primary Region's key, or after the next copy of keys.
  for (const copy of copies) await expect(local.newKeyring().decrypt('ada', copy)).rejects.toThrow(KeyGone);
  await recovery.copyKeys();
  await refused();
  expect((await recovery.drill()).rows).toMatchObject({ withoutKey: 0 });

  // Within the window of the key store's backup, a restored key decrypts, and nothing is certified.
  local.time += DAY_MS;
  await recovery.restore('content', partOf(rows, 'ada'));
  await refused();
  await recovery.restore('keys', ofKeys(keys, 'ada'));
  for (const copy of copies) await recovery.keyring().decrypt('ada', copy);
  await rightsOf().runner.run(id);
  expect(await certificates()).toEqual([]);

  // Nor after it, for as long as the key exists.
  local.time += WINDOW_MS;
  await expect(rightsOf().runner.run(id)).rejects.toThrow(
    "the key of the job's user still decrypts in the recovery Region, so nothing is certified",
  );
  expect(await certificates()).toEqual([]);
});

test('other users keep their content, in both Regions', async () => {
  await fill('ada');
  await fill('eve');
  const rights = rightsOf();
  await rights.runner.run((await rights.erase('ada', 'root')).id);
  await recovery.replicate();
  const { rows, objects, members } = await recovery.drill();
  expect([rows.decrypted, objects.decrypted, members]).toEqual([rows.read, objects.read, 1]);
  expect(rows.read).toBeGreaterThan(2);
});

test('the certificate names the erased copies, and waits for the later of the two windows', async () => {
  await fill('ada');
  const begun = local.time;
  const { id } = await rightsOf().erase('ada', 'root');
  // The recovery Region is unreachable for an hour: the primary key is deleted at once, but the user isn't erased yet.
  await rightsOf('witness').runner.run(id);
  await rightsOf('eraser').runner.run(id);
  expect(await rightsOf().find(id)).toMatchObject({ state: 'erasing', step: 'recovery-read' });
  local.time += 3_600_000;
  expect(await rightsOf().runner.run(id)).toEqual({
    job: id,
    actor: 'eraser',
    notBefore: new Date(begun + 3_600_000 + WINDOW_MS).toISOString(),
  });
  local.time = begun + 3_600_000 + WINDOW_MS - 1;
  await rightsOf().runner.run(id);
  expect(await certificates()).toEqual([]);
  local.time += 1;
  expect(await rightsOf().runner.run(id)).toEqual({ job: id });
  const { figures } = (await rightsOf().find(id)) ?? {};
  const command = new GetObjectCommand({ Bucket: 'evidence', Key: `${figures?.certificate}` });
  const { copies, test: tested } = JSON.parse((await (await local.s3.send(command)).Body?.transformToString()) ?? '');
  expect(copies.recovery).toEqual({
    what: expect.any(String),
    keyErasedAt: '2026-11-27T01:00:00.000Z',
    tableLastExpires: '2027-01-01T01:00:00.000Z',
    bucketLastExpires: '2026-11-27T01:00:00.000Z',
    keyStoreLastExpires: '2026-11-28T01:02:00.000Z',
  });
  expect(tested.recovery).toEqual({
    decryptedAt: '2026-11-27T01:00:00.000Z',
    refusedAt: '2026-11-28T01:02:00.000Z',
  });
});

test('an erasure is certified if the key was never copied to the recovery Region', async () => {
  await openaiOf('ada').responses.create({ model, input: 'one' });
  const { id } = await rightsOf().erase('ada', 'root');
  await rightsOf().runner.run(id);
  local.time += WINDOW_MS;
  await rightsOf().runner.run(id);
  const job = await rightsOf().find(id);
  expect(job?.state).toBe('certified');
  expect(job?.figures.recoveryDecryptedAt).toBeUndefined();
  expect(job?.figures.recoveryRefusedAt).toBe(local.time);
});

test('content that arrives late in the recovery Region is deleted before the certificate', async () => {
  await fill('ada');
  const rows = partOf(await recovery.backup('content'), 'ada');
  const { id } = await rightsOf().erase('ada', 'root');
  await rightsOf().runner.run(id);
  await recovery.restore('content', rows);
  local.time += WINDOW_MS;
  await rightsOf().runner.run(id);
  expect(partOf(await recovery.backup('content'), 'ada')).toEqual([]);
  expect((await rightsOf().find(id))?.figures.recoveryEmptiedAt).toBe(local.time);
});

test('an erasure that continues in the recovery Region stops without a certificate if the recovery Region is removed', async () => {
  await fill('ada');
  const { id } = await rightsOf().erase('ada', 'root');
  await rightsOf('witness').runner.run(id);
  await rightsOf('eraser').runner.run(id);
  await expect(local.rights().runner.run(id)).rejects.toThrow(
    "the erasure was under way in the recovery Region, and there is none any more; set 'regions.recovery' again until it is certified",
  );
});

test('an erasure whose primary key was deleted before there was a recovery Region is certified without it', async () => {
  await openaiOf('ada').responses.create({ model, input: 'one' });
  const { id } = await local.rights().erase('ada', 'root');
  await local.rights().runner.run(id);
  local.time += WINDOW_MS;
  await rightsOf().runner.run(id);
  expect(await rightsOf().find(id)).toMatchObject({ state: 'certified' });
});
