import { createHash } from 'node:crypto';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { toFile } from 'openai';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { rightsApi } from '@/lib/runtime/rights/api/rights-api';
import { isAnnounced, newJob } from '@/lib/runtime/rights/jobs/job';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { jsonOf } from '@/test/support/json-of';
import { WORKSPACE } from '../gateway/support/policies';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { unpacked } from './support/archive';
import { DAY_MS, exportsOf, HANDED, rightsOfPeople } from './support/people';

// The short form of the promises of which each `.long.test.ts` of this folder is the deep form.

let local: LocalContent;
let members: Map<string, Membership>;
beforeEach(() => {
  local = new LocalContent();
  members = new Map();
});
afterEach(() => local.close());

const rights = () => rightsOfPeople(local, members);

const opened = (user: string, id: string) => exportsOf(local, user, `/${id}`);

async function open(user: string, id: string): Promise<string | number> {
  const response = await opened(user, id);
  return response.ok ? ((await response.text()).match(/KENNWORT/)?.[0] ?? 'nothing') : response.status;
}

test('three independent people hand over content after a delay, and the user can cancel until then', async () => {
  await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
  members.set('puppet', { roles: { admin: { at: 1, isCurrent: true } }, givers: ['first'] });
  const jobs = [await rights().export('ada', 'first', HANDED), await rights().export('ada', 'first', HANDED)];
  const [handed, cancelled] = jobs.map(({ id }) => id) as [string, string];
  for (const id of [handed, cancelled]) await rights().runner.run(id);
  await expect(rights().releaseExport(handed, 'second')).rejects.toMatchObject({ reason: 'early' });
  expect(await rights().cancelOwn(cancelled, 'ada')).toMatchObject({ state: 'called-off' });
  local.time += 3 * DAY_MS;
  await expect(rights().releaseExport(cancelled, 'second')).rejects.toMatchObject({ reason: 'unreleasable' });
  await expect(rights().releaseExport(handed, 'puppet')).rejects.toMatchObject({ reason: 'related' });
  expect(await open('heir', handed)).toBe(404);
  await rights().releaseExport(handed, 'second');
  await rights().runner.run(handed);
  expect([await open('heir', handed), await open('puppet', handed)]).toEqual(['KENNWORT', 404]);
});

test('another person’s erasure waits and can be cancelled, and the user’s own takes effect at once', async () => {
  const { id, state } = await rights().erase('ada', 'first');
  expect(state).toBe('waiting');
  expect(await rights().cancel(id, 'second')).toMatchObject({ state: 'called-off' });
  expect(await rights().erase('ada', 'ada')).toMatchObject({ state: 'erasing' });
});

test('an export that its user’s erasure deleted is cancelled, even if they are readmitted before it goes on', async () => {
  await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
  const begun = await rights().export('ada', 'first');
  await local.rights({}, 'exporter').runner.run(begun.id);
  await local.rights({}, 'eraser').runner.run(begun.id);
  const { id } = await rights().erase('ada', 'ada');
  await rights().runner.run(id);
  local.time += DAY_MS + 2 * KEY_CACHE_MS;
  await rights().runner.run(id);
  const back = await rights().readmit('ada', 'first');
  local.time += REQUEST_MS;
  await rights().runner.run(back.id);
  await local.openai('ada').conversations.create({ metadata: { topic: 'x' } });
  await rights().runner.run(begun.id);
  expect(await rights().find(begun.id)).toMatchObject({ state: 'cancelled' });
  expect(await open('ada', begun.id)).toBe(404);
});

test('the closure of a workspace is announced, and its cancellation and a last export aren’t', async () => {
  await local.openai('ada').conversations.create();
  const closure = await rights().close('first', 7);
  expect(isAnnounced(closure)).toBe(true);
  await rights().runner.run(closure.id);
  const others = (await rights().list()).filter(({ figures }) => figures.closing === closure.id);
  expect([others.length > 0, others.some(isAnnounced)]).toEqual([true, false]);
  const cancelled = await rights().cancel(closure.id, 'second');
  expect([cancelled?.state, cancelled && isAnnounced(cancelled)]).toEqual(['called-off', false]);
});

const [certificatesIn, objectsIn] = ['evidence', 'sciences-files'].map((Bucket) => async () => {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.flatMap(({ Key }) => Key ?? []);
}) as [() => Promise<string[]>, () => Promise<string[]>];

/** Content of each kind, of which every text contains the word. */
async function stored(user: string, word: string): Promise<void> {
  const openai = local.openai(user);
  const { id: conversation } = await openai.conversations.create({ metadata: { topic: `${word} 1` } });
  await openai.responses.create({ model: 'assistant', input: `${word} 2`, conversation });
  await openai.responses.create({ model: 'assistant', input: `${word} 3` });
  await openai.post('/prompts', { body: { instructions: `${word} 4` } });
  const part = await toFile(Buffer.from(`${word} 5`), 'note.txt');
  await openai.files.create({ file: part, purpose: 'user_data' });
  const described = { bytes: 99, filename: 'open.txt', mime_type: 'text/plain', purpose: 'user_data' } as const;
  const { id: upload } = await openai.uploads.create(described);
  await openai.uploads.parts.create(upload, { data: await toFile(Buffer.from(`${word} 6`), 'piece') });
}

const ciphertexts = async (user?: string) =>
  (await local.backup('sciences'))
    .filter(({ pk }) => user === undefined || pk?.S === `user#${user}`)
    .flatMap(({ content }) => content?.B ?? []);

test('what an erased member stored can’t be read from any copy, and a certificate is written only after a decryption that failed because the key is gone', async () => {
  await stored('ada', 'KENNWORT');
  const copies = await ciphertexts();
  for (const copy of copies) await local.newKeyring().decrypt('ada', copy);
  expect(copies).toHaveLength(8);
  const { id } = await local.rights().erase('ada', 'ada');
  await local.rights().runner.run(id);
  expect([await local.rows(), await objectsIn()]).toEqual([[], []]);
  for (const copy of copies) await expect(local.newKeyring().decrypt('ada', copy)).rejects.toThrow(KeyGone);
  local.time += DAY_MS + 2 * KEY_CACHE_MS;
  // A key store that doesn't answer proves nothing, and neither does a key that still decrypts.
  const failing = async () => {
    throw new Error('no answer');
  };
  const keyrings = { 'no answer': failing, 'still decrypts': async () => new Uint8Array() };
  for (const [message, decrypt] of Object.entries(keyrings)) {
    const keyring = Object.assign(local.newKeyring(), { decrypt });
    await expect(local.rights({ keyring }).runner.run(id)).rejects.toThrow(message);
  }
  expect(await certificatesIn()).toEqual([]);
  await local.rights().runner.run(id);
  expect(await certificatesIn()).toEqual([`certificates/sciences/${id}.json`]);
});

const linked = async () => (await local.backup('sciences-record-links')).map(({ pk, at }) => `${pk?.S} ${at?.S}`);

test('no record can be linked to an erased member any more, not even one of a request that ended after the erasure', async () => {
  for (const user of ['ada', 'eve']) await local.linkRecord(user, `of-${user}`);
  const { id } = await local.rights().erase('ada', 'ada');
  await local.rights().runner.run(id);
  const [eves, ...others] = await linked();
  expect([eves, others]).toEqual([expect.stringMatching(/^user#eve .*#of-eve$/), []]);
  await local.linkRecord('ada', 'late');
  local.time += DAY_MS + 2 * KEY_CACHE_MS;
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'certified', counts: { links: 1, 'links.late': 1 } });
  expect(await linked()).toEqual([eves]);
});

test('a hold prevents the erasure that would delete a member’s links', async () => {
  await local.linkRecord('ada', 'of-ada');
  await local.rights().placeHold({ user: 'ada', reason: 'case 7', by: 'first' });
  for (const by of ['ada', 'first'])
    await expect(local.rights().erase('ada', by)).rejects.toMatchObject({ reason: 'held' });
  expect(await linked()).toHaveLength(1);
});

test('an export contains everything that its member stored, names each file with its digest, and opens for no other', async () => {
  await local.linkRecord('ada', 'EXPIRED');
  local.time += 31 * DAY_MS;
  await stored('ada', 'KENNWORT');
  await stored('eve', 'FREMDWORT');
  await local.linkRecord('ada', 'of-ada');
  await local.linkRecord('eve', 'FREMDWORT');
  const { id } = await local.rights().export('ada', 'first');
  await local.rights().runner.run(id);
  for (const other of ['eve', 'first']) expect((await opened(other, id)).status).toBe(404);
  const files = await unpacked(await opened('ada', id));
  const { counts, files: listed } = JSON.parse(files.get('manifest.json') ?? '');
  expect(counts).toEqual({
    conversations: 1,
    items: 2,
    responses: 2,
    prompts: 1,
    prompt_versions: 1,
    files: 1,
    uploads: 1,
    upload_parts: 1,
    records: 1,
  });
  files.delete('manifest.json');
  expect(listed.map(({ name }: { name: string }) => name).sort()).toEqual([...files.keys()].sort());
  for (const { name, sha256 } of listed) {
    const digest = createHash('sha256').update(`${files.get(name)}`);
    expect(digest.digest('hex')).toBe(sha256);
  }
  const text = [...files.values()].join();
  expect([1, 2, 3, 4, 5, 6].filter((nth) => !text.includes(`KENNWORT ${nth}`))).toEqual([]);
  expect(text).toContain('"record":"of-ada"');
  expect(text).not.toContain('EXPIRED');
  expect(text).not.toContain('FREMDWORT');
});

test('an export ends as cancelled when its user is erased meanwhile, because no step can decrypt any more', async () => {
  await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
  const { id } = await local.rights().export('ada', 'ada');
  for (const step of ['announce', 'usage']) {
    expect(await local.rights().find(id)).toMatchObject({ step });
    await local.rights().runner.advance(id);
  }
  const erasure = await local.rights().erase('ada', 'ada');
  await local.rights().runner.run(erasure.id);
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'cancelled', step: 'done' });
});

test('under a hold, nothing is deleted or expires, and neither an erasure nor a closure starts', async () => {
  const retentionDays = 30;
  const gateway = local.gateway({ retentionDays });
  const openai = local.openai('ada', gateway);
  const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'KENNWORT' } });
  const { id: response } = await openai.responses.create({ model: 'assistant', input: 'x' });
  const note = await toFile(Buffer.from('x'), 'note.txt');
  const { id: file } = await openai.files.create({ file: note, purpose: 'user_data' });
  const held = () => local.rights({ retentionDays });
  const { hold, job } = await held().placeHold({ user: 'ada', reason: 'case 7', by: 'first' });
  await held().runner.run(job.id);
  const [before, objects] = [await local.rows(), await objectsIn()];
  const deletions = [
    () => openai.conversations.delete(conversation),
    () => openai.responses.delete(response),
    () => openai.files.delete(file),
  ];
  for (const deletion of deletions) await expect(deletion()).rejects.toMatchObject({ status: 409, code: 'legal_hold' });
  for (const by of ['ada', 'first']) await expect(held().erase('ada', by)).rejects.toMatchObject({ reason: 'held' });
  await expect(held().close('first', 7)).rejects.toMatchObject({ reason: 'held' });
  local.time += 400 * DAY_MS;
  expect([await local.rows(), await objectsIn()]).toEqual([before, objects]);
  expect(before.filter(({ expiresAt }) => expiresAt !== undefined)).toEqual([]);
  expect((await local.tags()).ada).toEqual(['']);
  await held().releaseHold(hold.id, 'second');
  await openai.conversations.delete(conversation);
});

test.each(['rows', 'objects', 'days', 'key', 'late', 'certificate'])(
  'the row of an erasure at step %s, which no decision wrote, deletes and certifies nothing of a user who is on hold',
  async (step) => {
    await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
    local.used.set('ada', 2);
    await local.linkRecord('ada');
    await local.rights().placeHold({ user: 'ada', reason: 'case 7', by: 'first' });
    const before = await local.backup('sciences-keys');
    const forged = newJob('erase', 'ada', 'first', new Date(local.time), step, 'erasing');
    await local.contentTable().transact([new JobStore(local.contentTable()).insert(forged)]);
    await expect(local.rights().runner.run(forged.id)).rejects.toThrow(`step '${step}' doesn't run`);
    expect([(await local.rows()).length, await local.backup('sciences-keys')]).toEqual([1, before]);
    expect([local.used.get('ada'), (await linked()).length, await certificatesIn()]).toEqual([2, 1, []]);
  },
);

test('a closure gives each user an export, waits for a week, and then schedules and certifies the key’s deletion', async () => {
  for (const user of ['ada', 'eve']) await local.openai(user).conversations.create({ metadata: { topic: 'KENNWORT' } });
  const copies = new Map<string, readonly Uint8Array[]>();
  for (const user of ['ada', 'eve']) copies.set(user, await ciphertexts(user));
  const decryptions = () =>
    [...copies].flatMap(([user, some]) => some.map((copy) => local.newKeyring().decrypt(user, copy)));
  expect(await Promise.all(decryptions())).toHaveLength(2);
  const { id } = await local.rights().close('first', 7);
  const all = async () => {
    for (const job of await local.rights().list()) await local.rights().runner.run(job.id);
  };
  await local.rights().runner.run(id);
  await all();
  local.time += 10 * 60_000;
  await all();
  const exports = (await local.rights().list()).filter(({ kind }) => kind === 'export');
  for (const { id: one, user } of exports) expect(await open(user, one)).toBe('KENNWORT');
  expect(exports.map(({ user }) => user).sort()).toEqual(['ada', 'eve']);
  local.time += 7 * DAY_MS - 11 * 60_000;
  await all();
  expect([await local.keyDeletion().scheduled(), await certificatesIn()]).toEqual([undefined, []]);
  local.time += 11 * 60_000;
  await all();
  expect(await local.keyDeletion().scheduled()).toEqual(new Date(local.time + 7 * DAY_MS));
  expect(await certificatesIn()).toContain(`certificates/sciences/${id}-key.json`);
  for (const decryption of decryptions()) await expect(decryption).rejects.toThrow('is pending deletion');
});

test('a closure waits for a readmission that waits', async () => {
  const erasure = await local.rights().erase('ada', 'ada');
  await local.rights().runner.run(erasure.id);
  local.time += DAY_MS + 2 * KEY_CACHE_MS;
  await local.rights().runner.run(erasure.id);
  const { id } = await local.rights().close('first', 7);
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'fetchable' });
  const back = await local.rights().readmit('ada', 'first');
  local.time += 7 * DAY_MS;
  await local.rights().runner.advance(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'fetchable', step: 'fetched' });
  await local.rights().runner.run(back.id);
  local.time += 5 * 60_000;
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'closed' });
});

test('once a closure is about to schedule the key’s deletion, holds, erasures and readmissions are answered with ‘workspace_closing’', async () => {
  const erasure = await local.rights().erase('ada', 'ada');
  await local.rights().runner.run(erasure.id);
  local.time += DAY_MS + 2 * KEY_CACHE_MS;
  await local.rights().runner.run(erasure.id);
  const { id } = await local.rights().close('first', 7);
  await local.rights().runner.run(id);
  local.time += 7 * DAY_MS;
  await local.rights().runner.advance(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'ending', step: 'certificate' });
  const api = rightsApi({
    policy: admitPolicy(parsePolicy(JSON.stringify(WORKSPACE))),
    rights: local.rights(),
    onJob: () => {},
    middleware: [
      async (c, next) => {
        c.set('member', { id: 'first', role: 'admin' });
        await next();
      },
    ],
    record: () => {},
  });
  const post = async (path: string, body: object) => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await api.fetch(new Request(`https://gateway.test/admin/v1/rights/${path}`, request));
    return [response.status, (await jsonOf(response)).error.code];
  };
  const refused = [409, 'workspace_closing'];
  expect(await post('holds', { user: 'eve', reason: 'case 10' })).toEqual(refused);
  expect(await post('erasures', { user: 'eve' })).toEqual(refused);
  expect(await post('readmissions', { user: 'ada' })).toEqual(refused);
});

test('the plaintext of a job or hold is who, when, how many, and the reason', async () => {
  await rights().export('ada', 'first', HANDED);
  await rights().placeHold({ user: 'eve', reason: 'case 11', by: 'first' });
  const rows = (await local.backup('sciences')).filter(({ pk }) => pk?.S?.startsWith('rights'));
  const keysOf = (found: readonly object[]) => [...new Set(found.flatMap((one) => Object.keys(one)))];
  const job = ['by', 'counts', 'createdAt', 'figures', 'job', 'kind', 'notBefore', 'state', 'step', 'user', 'version'];
  const hold = ['at', 'erasing', 'holds', 'pending', 'pk', 'reason', 'sk'];
  expect(keysOf(rows).filter((key) => ![...job, ...hold].includes(key))).toEqual([]);
  const people = ['calledOffAt', 'calledOffBy', 'reason', 'recipient', 'releasedAt', 'releasedBy', 'releaseFrom'];
  const numbers = ['bytes', 'closing', 'days', 'files', 'period', 'until'];
  const figures = rows.flatMap((row) => (row.figures?.S === undefined ? [] : JSON.parse(row.figures.S)));
  expect(keysOf(figures).filter((key) => ![...people, ...numbers].includes(key))).toEqual([]);
});
