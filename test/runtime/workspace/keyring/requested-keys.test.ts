import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { keyRequestRow } from '@/lib/contract/tables';
import { makeKeysHandler, type RequestBatch } from '@/lib/runtime/jobs/make-keys-handler';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { OwnKeyMaker } from '@/lib/runtime/workspace/keyring/key-maker';
import { openKeyStore } from '@/lib/runtime/workspace/keyring/key-store';
import { KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { RequestedKeys } from '@/lib/runtime/workspace/keyring/requested-keys';
import { withoutRandomIds } from '@/test/support/random-ids';
import { LocalKeyrings } from './support/local-keyrings';

let local: LocalKeyrings;
let logged: object[];
beforeEach(() => {
  local = new LocalKeyrings();
  logged = [];
});
afterEach(() => local.close());

const requests = () => local.rows('sciences-key-requests');

const handler = () =>
  makeKeysHandler({
    maker: new OwnKeyMaker('sciences', openKeyStore(local.options())),
    requests: { client: local.client(), name: 'sciences-key-requests' },
    log: (line) => logged.push(line),
  });

const batchOf = (users: readonly (string | undefined)[], eventName = 'INSERT'): RequestBatch => ({
  Records: users.map((user) => ({ eventName, dynamodb: { Keys: { pk: user === undefined ? {} : { S: user } } } })),
});

/** A keyring that requests its keys, and `answer`, which happens while it waits for the nth time. */
const keyring = (answer: (wait: number) => Promise<unknown>) => {
  const pauses: number[] = [];
  const maker = new RequestedKeys({
    workspace: 'sciences',
    client: local.client(),
    requests: 'sciences-key-requests',
    branchKeys: 'sciences-keys',
    pause: async (milliseconds) => void (await answer(pauses.push(milliseconds))),
    now: () => local.time,
  });
  return {
    keyring: new BranchKeyring(local.options(), maker),
    waits: () => pauses.length,
    waited: () => pauses.reduce((sum, one) => sum + one, 0),
  };
};

const made = async () =>
  (await local.rows('sciences-keys')).map(({ type }) => type?.S?.replace(/version:.*/, 'version'));

describe('a keyring that may not write keys', () => {
  test('requests a key, waits until it is made, and encrypts under it', async () => {
    const { keyring: ring, waits } = keyring(async (wait) => wait === 2 && handler()(batchOf(['ada'])));
    await ring.ensureKey('ada');
    expect(waits()).toBe(2);
    const message = await ring.encrypt('ada', Buffer.from('Grüß Gott'));
    expect(`${Buffer.from(await local.keyring().decrypt('ada', message))}`).toBe('Grüß Gott');
    expect(await requests()).toEqual([]);
    expect(logged).toEqual([{ event: 'keys-made', requested: 1, failed: 0 }]);
  });

  test('requests none for a user who has one', async () => {
    await local.keyring().ensureKey('ada');
    const { keyring: ring, waits } = keyring(async () => undefined);
    await ring.ensureKey('ada');
    expect([waits(), await requests()]).toEqual([0, []]);
  });

  test('fails within five seconds if none is made, and its request expires', async () => {
    const { keyring: ring, waited } = keyring(async () => undefined);
    await expect(ring.ensureKey('ada')).rejects.toThrow('no key was made within five seconds, so nothing was stored');
    expect(waited()).toBe(5_000);
    const expiresAt = { N: `${local.time / 1_000 + 3_600}` };
    expect(await requests()).toEqual([{ ...keyRequestRow('ada'), requestedAt: { N: `${local.time}` }, expiresAt }]);
  });

  test('then fails at once for ten seconds, for this user only and unless there is a key', async () => {
    let isWorking = false;
    const { keyring: ring, waits } = keyring(async () => isWorking && handler()(batchOf(['ada', 'ben'])));
    await expect(ring.ensureKey('ada')).rejects.toThrow('within five seconds');
    const before = waits();
    local.time += 9_999;
    await expect(ring.ensureKey('ada')).rejects.toThrow('no key was made, seconds ago, so nothing was stored');
    expect(waits()).toBe(before);
    isWorking = true;
    await ring.ensureKey('ben');
    await ring.ensureKey('ada');
    expect(waits()).toBe(before + 1);
  });

  test('still fails at once after another user got no key either', async () => {
    const { keyring: ring, waits } = keyring(async () => undefined);
    await expect(ring.ensureKey('ada')).rejects.toThrow('within five seconds');
    local.time += 5_000;
    await expect(ring.ensureKey('ben')).rejects.toThrow('within five seconds');
    const before = waits();
    await expect(ring.ensureKey('ada')).rejects.toThrow('seconds ago');
    expect(waits()).toBe(before);
  });

  test('requests a key again after ten seconds', async () => {
    let isWorking = false;
    const { keyring: ring } = keyring(async () => isWorking && handler()(batchOf(['ada'])));
    await expect(ring.ensureKey('ada')).rejects.toThrow('within five seconds');
    [local.time, isWorking] = [local.time + 10_000, true];
    await ring.ensureKey('ada');
  });

  test('requests none for a user who was erased, also while it waits', async () => {
    await local.keyring().ensureKey('ada');
    await local.erasure().destroy('ada');
    const { keyring: ring } = keyring(async () => undefined);
    await expect(ring.ensureKey('ada')).rejects.toThrow(KeyGone);
    expect(await requests()).toEqual([]);
    const later = keyring(async (wait) => wait === 1 && local.erasure().destroy('eve'));
    await expect(later.keyring.ensureKey('eve')).rejects.toThrow(KeyGone);
  });
});

test('an erasure is looked up as it is now, and the first pause is a tenth of a second', async () => {
  const sent: { ConsistentRead?: boolean }[] = [];
  const client = {
    send: async ({ input }: { input: { ConsistentRead?: boolean } }) => {
      sent.push(input);
      return {};
    },
  };
  const maker = new RequestedKeys({ workspace: 'w', client: client as never, requests: 'r', branchKeys: 'k' });
  const start = performance.now();
  await maker.make('ada', async () => true);
  expect(performance.now() - start).toBeGreaterThan(90);
  expect(sent[0]).toMatchObject({ TableName: 'k', ConsistentRead: true });
});

describe('the function that makes keys', () => {
  test('keeps a key that is there, however often it is requested', async () => {
    await handler()(batchOf(['ada', 'ada']));
    const before = await local.rows('sciences-keys');
    expect(before).toHaveLength(3);
    await handler()(batchOf(['ada'], 'MODIFY'));
    expect(await local.rows('sciences-keys')).toEqual(before);
  });

  test('makes none for an erased user, a text that is no ID, or a deleted request, and delays no others', async () => {
    await local.erasure().destroy('ada');
    for (const pk of ['ada', 'ada@example.eu']) {
      await local.client().send(new PutItemCommand({ TableName: 'sciences-key-requests', Item: keyRequestRow(pk) }));
    }
    await handler()(batchOf(['ada', 'ada@example.eu', undefined]));
    await handler()(batchOf(['eve'], 'REMOVE'));
    await handler()({});
    expect(await made()).toEqual(['erased']);
    expect(await requests()).toEqual([]);
    await handler()(batchOf(['ada', 'ben']));
    expect((await made()).filter((type) => type?.startsWith('branch:'))).toHaveLength(2);
  });

  test('fails as a whole if a store fails, names no user, and keeps the request', async () => {
    await local.client().send(new PutItemCommand({ TableName: 'sciences-key-requests', Item: keyRequestRow('ada') }));
    const failing = makeKeysHandler({
      maker: { make: () => Promise.reject(Object.assign(new Error('ada'), { name: 'ThrottlingException' })) },
      requests: { client: local.client(), name: 'sciences-key-requests' },
      log: (line) => logged.push(line),
    });
    await expect(failing(batchOf(['ada']))).rejects.toThrow(/^keys were not made: ThrottlingException$/);
    expect(await requests()).toHaveLength(1);
    expect(withoutRandomIds(logged)).not.toContain('ada');
  });
});
