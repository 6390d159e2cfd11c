import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  KmsHierarchicalKeyRingNode,
} from '@aws-crypto/client-node';
import { openKeyStore } from '@/lib/runtime/workspace/keyring/key-store';
import { KEY_CACHE_MS, KeyGone, UnreadableMessage } from '@/lib/runtime/workspace/keyring/keyring';
import type { Fault } from '@/test/support/store-faults';
import { LocalKeyrings } from './support/local-keyrings';

const TEXT = Buffer.from('Grüß Gott, Mitglied');

let local: LocalKeyrings;
beforeEach(() => {
  local = new LocalKeyrings();
});
afterEach(() => local.close());
jest.setTimeout(30_000);

async function opened(user = 'ada') {
  const keyring = local.keyring();
  await keyring.ensureKey(user);
  return { keyring, message: await keyring.encrypt(user, TEXT) };
}

describe('encrypted content', () => {
  test('is decrypted, also by another process and after a restart', async () => {
    const { keyring, message } = await opened();
    expect(Buffer.from(message).includes('Mitglied')).toBe(false);
    expect(Buffer.from(await keyring.decrypt('ada', message))).toEqual(TEXT);
    expect(Buffer.from(await local.keyring().decrypt('ada', message))).toEqual(TEXT);
    local.restart();
    expect(Buffer.from(await local.keyring().decrypt('ada', message))).toEqual(TEXT);
  });

  test('has a data key of its own in each message', async () => {
    const { keyring } = await opened();
    const messages = await Promise.all([1, 2].map(() => keyring.encrypt('ada', TEXT)));
    const sdk = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
    const headers = messages.map((message) =>
      openKeyStore(local.options()).using(
        (keyStore) => {
          const options = { branchKeyId: 'sciences/ada', keyStore, cacheLimitTtl: 60 };
          return sdk.decrypt(new KmsHierarchicalKeyRingNode(options), message);
        },
        (error) => error,
      ),
    );
    const dataKeys = (await Promise.all(headers)).flatMap(({ messageHeader }) => messageHeader.encryptedDataKeys);
    expect(new Set(dataKeys.map(({ encryptedDataKey }) => Buffer.from(encryptedDataKey).toString('hex'))).size).toBe(2);
    expect(dataKeys).toHaveLength(2);
  });

  test('may be empty, and may be long', async () => {
    const { keyring } = await opened();
    for (const length of [0, 1, 4096, 100_000]) {
      const text = Buffer.alloc(length, 'ü');
      expect(Buffer.from(await keyring.decrypt('ada', await keyring.encrypt('ada', text)))).toEqual(text);
    }
  });

  test('is decrypted in one process for several users, and under several versions of a key', async () => {
    const { message: first } = await opened('ada');
    await local.erasure().rotate('ada');
    const [second, other] = [(await opened('ada')).message, (await opened('eve')).message];
    const cold = local.keyring();
    for (const [user, message] of [
      ['ada', first],
      ['ada', second],
      ['eve', other],
      ['ada', first],
    ] as const) {
      expect(Buffer.from(await cold.decrypt(user, message))).toEqual(TEXT);
    }
  });

  test('that the SDK refuses to encrypt is refused with its error', async () => {
    const { keyring } = await opened();
    await expect(keyring.encrypt('ada', null as never)).rejects.toBeInstanceOf(Error);
  });

  test('that was changed is refused with the error of the SDK as the cause', async () => {
    const { keyring, message } = await opened();
    const refused = keyring.decrypt('ada', message.subarray(0, -5));
    await expect(refused).rejects.toMatchObject({ name: 'UnreadableMessage', cause: expect.any(Error) });
  });

  test.each<[string, (message: Uint8Array) => Uint8Array]>([
    ['with a byte changed', (message) => message.map((byte, at) => (at === message.length - 30 ? byte ^ 1 : byte))],
    ['with its header changed', (message) => message.map((byte, at) => (at === 60 ? byte ^ 1 : byte))],
    ['cut short', (message) => message.subarray(0, message.length - 5)],
    ['that is empty', () => new Uint8Array()],
    ['that is no message', () => Buffer.from('Grüß Gott')],
  ])('is refused %s', async (_, change) => {
    const { keyring, message } = await opened();
    await expect(keyring.decrypt('ada', change(message))).rejects.toThrow(UnreadableMessage);
  });
});

describe("another user's message", () => {
  test('is refused without a request for their key', async () => {
    const { message } = await opened('ada');
    const keyring = local.keyring();
    await keyring.ensureKey('eve');
    local.faults.none();
    await expect(keyring.decrypt('eve', message)).rejects.toThrow(UnreadableMessage);
    expect(local.faults.calls).toEqual([]);
  });

  test.each([
    ['bytes of its key were changed', { enc: { B: Buffer.alloc(60, 7) } }],
    ['its key is bound to another user', { 'aws-crypto-ec:user': { S: 'eve' } }],
  ])('is refused as unreadable if %s, also before a write', async (_, change) => {
    const { message } = await opened('ada');
    await local.copyRows('sciences-keys', 'sciences-keys', (row) => ({ ...row, ...change }));
    await expect(local.keyring().decrypt('ada', message)).rejects.toThrow(UnreadableMessage);
    await expect(local.keyring().ensureKey('ada')).rejects.toMatchObject({
      name: 'UnreadableMessage',
      message: "the row of a branch key was changed, or is another user's",
      cause: expect.any(Error),
    });
  });

  test.each(['InvalidCiphertextException', 'IncorrectKeyException'])(
    'is refused as unreadable if KMS answers %s',
    async (name) => {
      const { message } = await opened('ada');
      local.faults.choose((call) =>
        call === 'kms.Decrypt'
          ? async () => ({ statusCode: 400, headers: {}, body: Buffer.from(JSON.stringify({ __type: name })) })
          : undefined,
      );
      await expect(local.keyring().decrypt('ada', message)).rejects.toThrow(UnreadableMessage);
    },
  );

  test('is not refused as unreadable while KMS does not answer', async () => {
    const { message } = await opened('ada');
    local.faults.choose((call) => (call === 'kms.Decrypt' ? 'before' : undefined));
    await expect(local.keyring().decrypt('ada', message)).rejects.not.toThrow(UnreadableMessage);
  });

  test('is refused in another workspace, even for the same person', async () => {
    const { message } = await opened('ada');
    const letters = local.keyring('letters');
    await letters.ensureKey('ada');
    await expect(letters.decrypt('ada', message)).rejects.toThrow(UnreadableMessage);
  });

  test("is refused even if the rows of both workspaces' key stores are mixed up", async () => {
    await opened('ada');
    const { name } = local.options('letters').table;
    await local.copyRows('sciences-keys', name, (row) => ({ ...row, 'branch-key-id': { S: 'letters/ada' } }));
    await expect(local.keyring('letters').encrypt('ada', TEXT)).rejects.toThrow();
  });
});

test.each([
  'a@example.eu',
  'ada lovelace',
  '',
  '../eve',
  `${'a'.repeat(129)}`,
  'ada/eve',
  'ada#1',
  '-ada',
  '_ada',
  'ada\n',
])("'%s' is refused as a user id", async (user) => {
  await expect(local.keyring().ensureKey(user)).rejects.toThrow("a user's id must be");
  await expect(local.keyring().encrypt(user, TEXT)).rejects.toThrow("a user's id must be");
  await expect(local.keyring().decrypt(user, TEXT)).rejects.toThrow("a user's id must be");
});

test("a message under a user's key, but bound to another user, is refused", async () => {
  const keyring = local.keyring();
  await keyring.ensureKey('ada');
  const { store } = openKeyStore(local.options());
  const { encrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const own = new KmsHierarchicalKeyRingNode({ branchKeyId: 'sciences/ada', keyStore: store, cacheLimitTtl: 1 });
  const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
  for (const [encryptionContext, isRefused] of [
    [{ workspace: 'sciences', user: 'ada' }, false],
    [{ workspace: 'sciences', user: 'eve' }, true],
    [{ workspace: 'letters', user: 'ada' }, true],
    [{ workspace: 'sciences' }, true],
    [{}, true],
  ] as const) {
    const { result } = await encrypt(own, TEXT, { suiteId, encryptionContext });
    const read = keyring.decrypt('ada', result);
    if (isRefused) await expect(read).rejects.toThrow('the stored message belongs to another user, or was changed');
    else expect(Buffer.from(await read)).toEqual(TEXT);
  }
});

describe('calls', () => {
  test('aren’t made by a warm turn, for any number of messages', async () => {
    const { keyring, message } = await opened();
    await keyring.decrypt('ada', message);
    local.faults.none();
    for (let turn = 0; turn < 20; turn++) {
      await keyring.ensureKey('ada');
      await keyring.decrypt('ada', await keyring.encrypt('ada', TEXT));
      await keyring.decrypt('ada', message);
    }
    expect(local.faults.calls).toEqual([]);
  });

  test('are one look-up and one decryption for a hundred concurrent messages in a cold process', async () => {
    const { keyring } = await opened();
    const messages = await Promise.all(Array.from({ length: 100 }, () => keyring.encrypt('ada', TEXT)));
    const cold = local.keyring();
    local.faults.none();
    const texts = await Promise.all(messages.map((message) => cold.decrypt('ada', message)));
    expect(texts.every((text) => Buffer.from(text).equals(TEXT))).toBe(true);
    expect(local.faults.calls).toEqual(['dynamodb.GetItem', 'kms.Decrypt']);
  });

  test('are repeated for an expired key, however often it was used', async () => {
    const { keyring } = await opened();
    local.faults.none();
    for (let step = 1; step <= 3; step++) {
      local.time += 30_000 - 1;
      await keyring.encrypt('ada', TEXT);
    }
    expect(local.faults.calls).toEqual(['dynamodb.GetItem', 'kms.Decrypt']);
  });

  test('are repeated for a key whose answer was late, as if it had come at once', async () => {
    await opened();
    const keyring = local.keyring();
    local.faults.choose((call) => (call === 'kms.Decrypt' ? late(KEY_CACHE_MS / 2) : undefined));
    await keyring.encrypt('ada', TEXT);
    local.time += KEY_CACHE_MS / 2;
    local.faults.none();
    await keyring.encrypt('ada', TEXT);
    expect(local.faults.calls).toEqual(['dynamodb.GetItem', 'kms.Decrypt']);
  });

  test('read the key store with strong consistency, so that no key is used after an erasure', async () => {
    const { message } = await opened();
    const inputs: object[] = [];
    local.faults.choose((call) => {
      if (call !== 'dynamodb.GetItem') return undefined;
      return async ({ body }, real) => {
        inputs.push(JSON.parse(Buffer.from(body).toString()));
        return real();
      };
    });
    const keyring = local.keyring();
    await keyring.ensureKey('ada');
    await keyring.decrypt('ada', message);
    expect(await keyring.isErased('ada')).toBe(false);
    expect(inputs.length).toBeGreaterThanOrEqual(2);
    for (const input of inputs) expect(input).toMatchObject({ ConsistentRead: true });
  });
});

/** An answer that takes time to arrive. */
const late =
  (milliseconds: number): Fault =>
  async (_, real) => {
    local.time += milliseconds;
    return real();
  };

describe('an erasure', () => {
  test('counts the key as forgotten from the deletion of its last row, however long after the mark that is', async () => {
    const { message } = await opened();
    const hour = 3_600_000;
    local.faults.choose((call) => (call === 'dynamodb.BatchWriteItem' ? late(hour) : undefined));
    const start = local.time;
    const { erasedAt, forgottenAt } = await local.erasure().destroy('ada');
    local.faults.none();
    expect([erasedAt.getTime() - start, forgottenAt.getTime() - start]).toEqual([0, hour + 2 * KEY_CACHE_MS]);
    await expect(local.keyring().decrypt('ada', message)).rejects.toThrow(KeyGone);
    expect([await local.keyring().isErased('ada'), await local.keyring().isErased('eve')]).toEqual([true, false]);
  });

  test.each<[string, object, string]>([
    ['keeps rows that it reports as deleted', { UnprocessedItems: {} }, 'still there after they were deleted'],
    ['does not say what is left', {}, 'has no list of unprocessed items'],
  ])('fails if the table %s', async (_, answer, message) => {
    await opened();
    local.faults.choose((call) => (call === 'dynamodb.BatchWriteItem' ? json(answer) : undefined));
    await expect(local.erasure().destroy('ada')).rejects.toThrow(message);
  });

  test("fails if the mark has no time, and another user's mark or key is not taken for the user's", async () => {
    const { message } = await opened('ada');
    await opened('eve');
    const changed =
      (change: (text: string) => string): Fault =>
      async (_request, real) => {
        const { body, ...answer } = await real();
        return { ...answer, body: Buffer.from(change(Buffer.from(body as Uint8Array).toString())) };
      };
    local.faults.choose((call) =>
      call === 'dynamodb.UpdateItem' ? changed((text) => text.replaceAll('erased-at', 'other')) : undefined,
    );
    await expect(local.erasure().destroy('ada')).rejects.toThrow("lacks 'erased-at'");
    local.faults.choose((call) =>
      call === 'dynamodb.GetItem' ? changed((text) => text.replaceAll('sciences/ada', 'sciences/eve')) : undefined,
    );
    await expect(local.keyring().isErased('ada')).rejects.toThrow('a row that was not asked for');
    await expect(local.keyring().encrypt('ada', TEXT)).rejects.toThrow('a row that was not asked for');
    await expect(local.keyring().decrypt('ada', message)).rejects.toThrow('a row that was not asked for');
  });
});

/** An answer of DynamoDB. */
const json =
  (answer: object): Fault =>
  async () => ({ statusCode: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) });

describe('a key', () => {
  test('is created once when many processes open the same user concurrently', async () => {
    const keyrings = Array.from({ length: 20 }, () => local.keyring());
    await Promise.all(keyrings.map((keyring) => keyring.ensureKey('ada')));
    const rows = await local.rows('sciences-keys');
    expect(rows.map((row) => row.type?.S?.replace(/:[0-9a-f-]{36}/, ':VERSION')).sort()).toEqual([
      'beacon:ACTIVE',
      'branch:ACTIVE',
      'branch:version:VERSION',
    ]);
    const messages = await Promise.all(keyrings.map((keyring) => keyring.encrypt('ada', TEXT)));
    for (const message of messages) expect(Buffer.from(await local.keyring().decrypt('ada', message))).toEqual(TEXT);
  });

  test('is created once when one process opens the same user twenty times', async () => {
    const keyring = local.keyring();
    local.faults.none();
    await Promise.all(Array.from({ length: 20 }, () => keyring.ensureKey('ada')));
    expect(local.faults.calls.filter((call) => call === 'dynamodb.TransactWriteItems')).toHaveLength(1);
  });

  test('isn’t created by encryption or decryption', async () => {
    await expect(local.keyring().encrypt('ada', TEXT)).rejects.toThrow(
      expect.objectContaining({
        name: 'KeyGone',
        message: "the key of this user's content was erased, or never made",
      }),
    );
    expect(await local.rows('sciences-keys')).toEqual([]);
  });

  test('is reported missing only to the request for it, and not to a concurrent creation', async () => {
    const { message } = await opened();
    const cold = local.keyring();
    const told = await Promise.allSettled([
      cold.encrypt('eve', TEXT),
      cold.decrypt('ada', message.subarray(0, -5)),
      cold.decrypt('ada', message),
      cold.encrypt('bob', TEXT),
    ]);
    expect(told).toEqual([
      { status: 'rejected', reason: expect.any(KeyGone) },
      { status: 'rejected', reason: expect.any(UnreadableMessage) },
      { status: 'fulfilled', value: expect.anything() },
      { status: 'rejected', reason: expect.any(KeyGone) },
    ]);
  });

  test('is stored only under the workspace’s key', async () => {
    await opened();
    const [row] = await local.rows('sciences-keys');
    expect(row?.['kms-arn']?.S).toBe(local.options('sciences').key.arn);
    expect(row?.['aws-crypto-ec:workspace']?.S).toBe('sciences');
    expect(row?.['aws-crypto-ec:user']?.S).toBe('ada');
  });

  test('decrypts earlier content after a rotation, and encrypts under a new version', async () => {
    const { message } = await opened();
    await local.erasure().rotate('ada');
    const keyring = local.keyring();
    const after = await keyring.encrypt('ada', TEXT);
    expect(Buffer.from(await keyring.decrypt('ada', message))).toEqual(TEXT);
    expect(Buffer.from(await local.keyring().decrypt('ada', after))).toEqual(TEXT);
    expect((await local.rows('sciences-keys')).map((row) => row.type?.S)).toHaveLength(4);
  });
});
