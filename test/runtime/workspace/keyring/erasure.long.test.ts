import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { Killed } from '@/test/support/store-faults';
import { LocalKeyrings } from './support/local-keyrings';

const TEXT = Buffer.from('Grüß Gott, Mitglied');

let local: LocalKeyrings;
beforeEach(() => {
  local = new LocalKeyrings();
});
afterEach(() => local.close());
// Each crash in the table has its own store, on a shared disk.
jest.setTimeout(60_000);

async function written(user = 'ada') {
  const keyring = local.keyring();
  await keyring.ensureKey(user);
  return { keyring, message: await keyring.encrypt(user, TEXT) };
}

const types = async () => (await local.rows('sciences-keys')).map((row) => row.type?.S);

describe('after an erasure', () => {
  test('encryption and decryption are refused, and no key is created', async () => {
    const { message } = await written();
    await local.erasure().rotate('ada');
    const begun = local.time;
    const destroyed = await local.erasure().destroy('ada');
    expect(destroyed.erasedAt.getTime()).toBe(begun);
    expect(destroyed.deleted).toBe(4);
    expect(await types()).toEqual(['erased']);
    const keyring = local.keyring();
    await expect(keyring.decrypt('ada', message)).rejects.toThrow(KeyGone);
    await expect(keyring.encrypt('ada', TEXT)).rejects.toThrow(KeyGone);
    await expect(keyring.ensureKey('ada')).rejects.toThrow(KeyGone);
    await expect(local.erasure().rotate('ada')).rejects.toThrow(KeyGone);
    expect(await types()).toEqual(['erased']);
  });

  test('a process with a cached key uses it only until it expires', async () => {
    const { keyring, message } = await written();
    await keyring.decrypt('ada', message);
    const { forgottenAt } = await local.erasure().destroy('ada');
    local.time += 60_000 - 1;
    expect(Buffer.from(await keyring.decrypt('ada', message))).toEqual(TEXT);
    local.time += 1;
    await expect(keyring.decrypt('ada', message)).rejects.toThrow(KeyGone);
    await expect(keyring.encrypt('ada', TEXT)).rejects.toThrow(KeyGone);
    expect(local.time).toBeLessThanOrEqual(forgottenAt.getTime());
  });

  test('other users keep their keys', async () => {
    const { keyring, message } = await written('eve');
    await written('ada');
    await local.erasure().destroy('ada');
    local.time += 2 * KEY_CACHE_MS;
    expect(Buffer.from(await keyring.decrypt('eve', message))).toEqual(TEXT);
  });

  test('a repetition changes nothing', async () => {
    await written();
    const first = await local.erasure().destroy('ada');
    local.time += 3_600_000;
    expect(await local.erasure().destroy('ada')).toEqual({ ...first, deleted: 0 });
  });

  test('a readmitted user gets a new key, and no erased content', async () => {
    const { message } = await written();
    await local.erasure().destroy('ada');
    local.time += 2 * KEY_CACHE_MS + 1;
    await local.erasure().readmit('ada');
    const keyring = local.keyring();
    await keyring.ensureKey('ada');
    const after = await keyring.encrypt('ada', TEXT);
    expect(Buffer.from(await keyring.decrypt('ada', after))).toEqual(TEXT);
    await expect(keyring.decrypt('ada', message)).rejects.toThrow(KeyGone);
  });

  test('a readmission is refused while a process may still use the old key', async () => {
    await written();
    await local.erasure().destroy('ada');
    local.time += 2 * KEY_CACHE_MS;
    await expect(local.erasure().readmit('ada')).rejects.toThrow("user 'ada' can't have a new key yet");
  });

  test('the readmission of a user who was never erased changes nothing', async () => {
    const { message } = await written();
    await local.erasure().readmit('ada');
    expect(Buffer.from(await local.keyring().decrypt('ada', message))).toEqual(TEXT);
  });
});

test('many versions are all deleted, in pages and batches', async () => {
  await written();
  const [row] = await local.rows('sciences-keys');
  await local.fill('sciences-keys', 60, (nth) => ({
    ...row,
    type: { S: `branch:version:${nth}` },
    padding: { S: 'x'.repeat(40_000) },
  }));
  expect((await local.erasure().destroy('ada')).deleted).toBe(63);
  expect(await types()).toEqual(['erased']);
});

describe('when stores fail', () => {
  test('throttled calls are retried', async () => {
    local.faults.choose((call, nth) =>
      nth % 3 === 1 && call !== 'dynamodb.TransactWriteItems' ? 'throttle' : undefined,
    );
    const { keyring, message } = await written();
    expect(Buffer.from(await keyring.decrypt('ada', message))).toEqual(TEXT);
    await local.erasure().destroy('ada');
    expect(await types()).toEqual(['erased']);
  });

  test('a conflicting transaction is repeated', async () => {
    const met = JSON.stringify({
      __type: 'TransactionCanceledException',
      message: 'CANARY',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }, { Code: 'None' }],
    });
    let left = 2;
    local.faults.choose((call) =>
      call === 'dynamodb.TransactWriteItems' && left-- > 0
        ? async () => ({ statusCode: 400, headers: {}, body: Buffer.from(met) })
        : undefined,
    );
    await written();
    expect((await types()).length).toBe(3);
  });

  test('unprocessed deletions of a batch are repeated', async () => {
    await written();
    let batches = 0;
    local.faults.choose((call) =>
      call === 'dynamodb.BatchWriteItem' && ++batches < 3
        ? async ({ body }) => {
            const { RequestItems } = JSON.parse(Buffer.from(body).toString());
            if (batches === 1) return { statusCode: 200, headers: {}, body: json({ UnprocessedItems: RequestItems }) };
            const [first, ...rest] = RequestItems['sciences-keys'];
            await local.deleteRow('sciences-keys', first.DeleteRequest.Key);
            return { statusCode: 200, headers: {}, body: json({ UnprocessedItems: { 'sciences-keys': rest } }) };
          }
        : undefined,
    );
    await local.erasure().destroy('ada');
    expect(batches).toBe(3);
    expect(await types()).toEqual(['erased']);
  });

  const ends = ['before', 'after'] as const;
  test.each(ends)('a key creation that ends %s any call is completed by the next one', async (end) => {
    for (let at = 1; at < 12; at++) {
      const user = `ada-${at}`;
      local.faults.choose((_, nth) => (nth === at ? end : undefined));
      const ended = await local
        .keyring()
        .ensureKey(user)
        .then(() => false, isKilled);
      local.restart();
      local.faults.none();
      const keyring = local.keyring();
      await keyring.ensureKey(user);
      const message = await keyring.encrypt(user, TEXT);
      expect(Buffer.from(await local.keyring().decrypt(user, message))).toEqual(TEXT);
      expect((await types()).filter((type) => type === 'branch:ACTIVE')).toHaveLength(at);
      if (!ended) return;
    }
    throw new Error('an opening never came to its end');
  });

  test.each(ends)('an erasure that ends %s any call is completed by the next one', async (end) => {
    for (let at = 1; at < 12; at++) {
      const user = `ada-${at}`;
      const { message } = await written(user);
      local.faults.choose((_, nth) => (nth === at ? end : undefined));
      const ended = await local
        .erasure()
        .destroy(user)
        .then(() => false, isKilled);
      local.restart();
      local.faults.none();
      await local.erasure().destroy(user);
      await expect(local.keyring().decrypt(user, message)).rejects.toThrow(KeyGone);
      await expect(local.keyring().ensureKey(user)).rejects.toThrow(KeyGone);
      if (!ended) return;
    }
    throw new Error('an erasure never came to its end');
  });

  test('a key creation during an erasure leaves no key after it', async () => {
    await written();
    for (let at = 1; at <= 12; at++) {
      const user = `met-${at}`;
      let erased: Promise<unknown> | undefined;
      local.faults.choose((_, nth) =>
        nth === at
          ? async (_request, real) => {
              local.faults.none();
              erased = local.erasure().destroy(user);
              await erased;
              return real();
            }
          : undefined,
      );
      await local
        .keyring()
        .ensureKey(user)
        .catch((error) => expect(error).toBeInstanceOf(KeyGone));
      local.faults.none();
      if (erased === undefined) return;
      expect(
        (await local.rows('sciences-keys'))
          .filter((row) => row['branch-key-id']?.S?.endsWith(user))
          .map((row) => row.type?.S),
      ).toEqual(['erased']);
    }
    throw new Error('an opening never came to its end');
  });

  test('a failure of a store is reported as such, not as a missing key', async () => {
    const { message } = await written();
    for (const call of ['dynamodb.GetItem', 'kms.Decrypt']) {
      local.faults.choose((made) => (made === call ? 'before' : undefined));
      await expect(local.keyring().decrypt('ada', message)).rejects.toThrow(Killed);
      await expect(local.keyring().encrypt('ada', TEXT)).rejects.toThrow(Killed);
    }
  });
});

const isKilled = (error: unknown) => {
  expect(error).toBeInstanceOf(Killed);
  return true;
};

const json = (content: object) => Buffer.from(JSON.stringify(content));
