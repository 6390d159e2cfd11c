import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { workspaceDeleterHandler } from '@/lib/runtime/rights/deployed/workspace-deleter-handler';
import { Holds } from '@/lib/runtime/rights/store/holds';
import { LocalContent } from '../workspace/conversations/support/local-content';

const DAY_MS = 86_400_000;
let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const everything = async () => {
  for (const { id } of await local.rights().list()) await local.rights().runner.run(id);
};

const statusOf = async (user: string, path: string) => {
  const headers = { authorization: `Bearer ${user}` };
  const response = await local
    .gateway({ keyring: local.newKeyring() })
    .fetch(new Request(`https://x.test${path}`, { headers }));
  return [response.status, await response.text()] as const;
};

async function evidence(): Promise<Map<string, Record<string, unknown>>> {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket: 'evidence' }));
  const texts = Versions.map(async ({ Key = '' }): Promise<[string, Record<string, unknown>]> => {
    const { Body } = await local.s3.send(new GetObjectCommand({ Bucket: 'evidence', Key }));
    return [Key, JSON.parse((await Body?.transformToString()) ?? '')];
  });
  return new Map(await Promise.all(texts));
}

/** Runs a closure until the week for downloading the last exports is over. */
async function fetchable(): Promise<string> {
  for (const user of ['ada', 'eve']) await local.openai(user).conversations.create({ metadata: { topic: 'KENNWORT' } });
  const { id } = await local.rights().close('root', 7);
  await local.rights().runner.run(id);
  await everything();
  local.time += 5 * 60_000;
  await everything();
  return id;
}

test('a closure exports every user, waits for a week, schedules the key’s deletion and certifies it', async () => {
  const id = await fetchable();
  expect(await local.rights().find(id)).toMatchObject({ state: 'fetchable', counts: { users: 2, exports: 2 } });
  const exports = (await local.rights().list()).filter(({ kind }) => kind === 'export');
  for (const { id: one, user } of exports) {
    const [status, text] = await statusOf(user, `/v1/exports/${one}`);
    expect([status, text.includes('KENNWORT')]).toEqual([200, true]);
  }
  expect(await local.keyDeletion().scheduled()).toBeUndefined();

  local.time += 7 * DAY_MS;
  await local.rights().runner.run(id);
  const deletion = new Date(local.time + 7 * DAY_MS);
  expect(await local.rights().find(id)).toMatchObject({ state: 'closed', figures: { deletion: deletion.getTime() } });
  expect(await local.keyDeletion().scheduled()).toEqual(deletion);
  const found = await evidence();
  expect(found.get(`certificates/sciences/${id}.json`)).toMatchObject({ counts: { users: 2, exports: 2 } });
  expect(found.get(`certificates/sciences/${id}-key.json`)).toMatchObject({
    state: 'PendingDeletion',
    deletedAt: deletion.toISOString(),
  });
  // From then on, nothing can be decrypted.
  expect((await statusOf('ada', '/v1/conversations'))[0]).toBe(503);
  local.time = deletion.getTime() + 1;
  expect((await statusOf('ada', '/v1/conversations'))[0]).toBe(503);
});

test('a repeated request returns the same closure, and a cancelled one deletes no key', async () => {
  const id = await fetchable();
  expect((await local.rights().close('other', 30)).id).toBe(id);
  expect(await local.rights().cancelClosure(id, 'root')).toMatchObject({ state: 'called-off' });
  local.time += 7 * DAY_MS;
  await everything();
  expect(await local.keyDeletion().scheduled()).toBeUndefined();
  await expect(local.rights().cancelClosure(id, 'root')).rejects.toThrow("isn't a closure that can be cancelled");
});

test('two concurrent requests start one closure, and its cancellation leaves none', async () => {
  const asked = await Promise.all(['root', 'other'].map((by) => local.rights().close(by, 7)));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  await local.rights().cancelClosure(asked[0]?.id ?? '', 'root');
  const again = await local.rights().close('root', 7);
  expect((await local.rights().list()).filter(({ step }) => step !== 'done')).toEqual([again]);
});

test('a closure is refused during a hold, and stops for a later hold', async () => {
  const { hold } = await local.rights().placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
  await expect(local.rights().close('root', 7)).rejects.toThrow(`${hold.id} by root`);
  await local.rights().releaseHold(hold.id, 'root');
  const id = await fetchable();
  const later = await local.rights().placeHold({ user: 'eve', reason: 'case 8', by: 'root' });
  local.time += 7 * DAY_MS;
  await expect(local.rights().runner.run(id)).rejects.toThrow(`while hold ${later.hold.id} is there`);
  expect(await local.keyDeletion().scheduled()).toBeUndefined();
});

test('holds and erasures are refused once a key deletion has started', async () => {
  const id = await fetchable();
  local.time += 7 * DAY_MS;
  await local.rights().runner.advance(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'ending' });
  const refused = expect.objectContaining({ reason: 'ending' });
  await expect(local.rights().placeHold({ user: 'ada', reason: 'case 9', by: 'root' })).rejects.toEqual(refused);
  await expect(local.rights().erase('ada', 'root')).rejects.toEqual(refused);
  expect((await local.rights().holds({ limit: 10 })).holds).toEqual([]);
});

test('a closure finds a hold that is placed while it checks for holds', async () => {
  const id = await fetchable();
  local.time += 7 * DAY_MS;
  const rights = local.rights();
  const list = jest.spyOn(Holds.prototype, 'active');
  const { active: read } = Holds.prototype;
  list.mockImplementationOnce(async function (this: Holds) {
    const before = await read.call(this);
    await local.rights().placeHold({ user: 'ada', reason: 'case 9', by: 'root' });
    return before;
  });
  await rights.runner.advance(id);
  list.mockRestore();
  expect(await local.rights().find(id)).toMatchObject({ state: 'fetchable', step: 'fetched' });
  await expect(rights.runner.advance(id)).rejects.toThrow('while hold');
});

test('an erasure that starts during the week for downloads is certified before the closure ends', async () => {
  const id = await fetchable();
  local.time += 7 * DAY_MS - 5 * 60_000;
  const erasure = await local.rights().erase('ada', 'root');
  await local.rights().runner.run(erasure.id);
  for (const passed of [5 * 60_000, 25 * 3_600_000, 5 * 60_000]) {
    expect(await local.keyDeletion().scheduled()).toBeUndefined();
    local.time += passed;
    await everything();
  }
  await everything();
  expect(await local.rights().find(erasure.id)).toMatchObject({ state: 'certified' });
  expect(await local.rights().find(id)).toMatchObject({ state: 'closed' });
});

test('an erasure in progress is certified before the closure ends', async () => {
  const erasure = await local.rights().erase('bob', 'root');
  await local.rights().runner.run(erasure.id);
  const id = await fetchable();
  expect(await local.rights().find(id)).toMatchObject({ state: 'exporting' });
  for (const passed of [2 * DAY_MS, 5 * 60_000]) {
    local.time += passed;
    await everything();
  }
  expect(await local.rights().find(id)).toMatchObject({ state: 'fetchable' });
});

test('with a recovery Region, both keys are deleted, the workspace’s own last, and neither deletion is reported before both are scheduled', async () => {
  const both = local.keyDeletion('there', 'sciences');
  await local.keyDeletion('there').schedule(7);
  expect(await both.scheduled()).toBeUndefined();
  local.time += DAY_MS;
  await both.schedule(7);
  expect(await both.scheduled()).toEqual(new Date(local.time + 7 * DAY_MS));
  expect(await local.keyDeletion('there').scheduled()).toEqual(new Date(local.time + 6 * DAY_MS));
  expect(both.keyArns.at(-1)).toBe(local.keyDeletion().keyArns[0]);
});

test('once the key is pending deletion, the workspace deleter doesn’t use the table', async () => {
  const id = await fetchable();
  local.time += 7 * DAY_MS;
  await local.rights().runner.run(id);
  const before = await evidence();
  // DynamoDB's answer while its key can't be used.
  local.faults.choose((call) => (call.startsWith('dynamodb.') ? 'throttle' : undefined));
  const handler = workspaceDeleterHandler({
    runner: local.rights({}, 'closer').runner,
    workspace: 'sciences',
    evidence: { client: local.s3, name: 'evidence' },
    keyDeletion: local.keyDeletion(),
    log: () => {},
  });
  expect(await handler({ job: id })).toEqual({ job: id });
  expect(await evidence()).toEqual(before);
});
