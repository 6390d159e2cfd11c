import {
  type AttributeValue,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { ERASED, keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { Killed } from '@/test/support/store-faults';
import { LocalKeyrings } from './support/local-keyrings';

let local: LocalKeyrings;
beforeEach(() => {
  local = new LocalKeyrings();
});
afterEach(() => {
  local.close();
  jest.restoreAllMocks();
});

const json = (content: object) => Buffer.from(JSON.stringify(content));

test('a key counts as readable until its last row was deleted, even if the erasure began long before', async () => {
  await local.keyring().ensureKey('ada');
  const begun = local.time;
  local.faults.choose((call) => (call === 'dynamodb.BatchWriteItem' ? 'before' : undefined));
  await expect(local.erasure().destroy('ada')).rejects.toThrow(Killed);
  local.faults.none();
  local.time += 3_600_000;
  expect(await local.erasure().destroy('ada')).toEqual({
    erasedAt: new Date(begun),
    forgottenAt: new Date(local.time + 2 * KEY_CACHE_MS),
    deleted: 3,
  });
});

test('the rows of a key are read as they are now, and the mark is not one of them', async () => {
  await local.keyring().ensureKey('ada');
  const reads: { ConsistentRead?: boolean; ExpressionAttributeValues: Record<string, AttributeValue> }[] = [];
  local.faults.choose((call) =>
    call === 'dynamodb.Query'
      ? async ({ body }, real) => {
          reads.push(JSON.parse(Buffer.from(body).toString()));
          return real();
        }
      : undefined,
  );
  await local.erasure().destroy('ada');
  expect(reads).toHaveLength(2);
  for (const read of reads) {
    expect(read.ConsistentRead).toBe(true);
    expect(read.ExpressionAttributeValues).toEqual({ ':id': { S: 'sciences/ada' }, ':erased': { S: ERASED } });
  }
});

test('a page without rows is not the end of them', async () => {
  await local.keyring().ensureKey('ada');
  local.faults.choose((call, nth) =>
    call === 'dynamodb.Query' && nth === 2
      ? async () => ({
          statusCode: 200,
          headers: {},
          body: json({ Count: 0, LastEvaluatedKey: { 'branch-key-id': { S: 'sciences/ada' }, type: { S: 'a' } } }),
        })
      : undefined,
  );
  expect((await local.erasure().destroy('ada')).deleted).toBe(3);
  expect((await local.rows('sciences-keys')).map((row) => row.type?.S)).toEqual([ERASED]);
});

test('more rows than a batch may have are deleted in batches', async () => {
  await local.keyring().ensureKey('ada');
  const [row] = await local.rows('sciences-keys');
  await local.fill('sciences-keys', 23, (nth) => ({ ...row, type: { S: `branch:version:${nth}` } }));
  const sizes: number[] = [];
  local.faults.choose((call) =>
    call === 'dynamodb.BatchWriteItem'
      ? async ({ body }, real) => {
          sizes.push(JSON.parse(Buffer.from(body).toString()).RequestItems['sciences-keys'].length);
          await real();
          return { statusCode: 200, headers: {}, body: json({ UnprocessedItems: {} }) };
        }
      : undefined,
  );
  expect((await local.erasure().destroy('ada')).deleted).toBe(26);
  expect(sizes).toEqual([25, 1]);
});

test('the mark has the times of the erasure, and a readmission in time removes it', async () => {
  await local.erasure().destroy('ada');
  const at = { N: `${local.time}` };
  const key = { 'branch-key-id': { S: 'sciences/ada' }, type: { S: ERASED } };
  expect(await local.rows('sciences-keys')).toEqual([{ ...key, 'erased-at': at, 'destroyed-at': at }]);
  local.time += 2 * KEY_CACHE_MS + 1;
  await local.erasure().readmit('ada');
  expect(await local.rows('sciences-keys')).toEqual([]);
});

test('a key is looked up as it is now', async () => {
  await local.keyring().ensureKey('ada');
  const reads: unknown[] = [];
  local.faults.choose((call) =>
    call === 'dynamodb.GetItem'
      ? async ({ body }, real) => {
          reads.push(JSON.parse(Buffer.from(body).toString()).ConsistentRead);
          return real();
        }
      : undefined,
  );
  await local.keyring().encrypt('ada', Buffer.from('x'));
  expect(reads).toEqual([true]);
});

test('deletions that are never processed end the erasure, after eight attempts with longer and longer pauses', async () => {
  await local.keyring().ensureKey('ada');
  const pauses: number[] = [];
  jest.spyOn(Math, 'random').mockReturnValue(1);
  local.faults.choose((call) =>
    call === 'dynamodb.BatchWriteItem'
      ? async ({ body }) => {
          jest.spyOn(global, 'setTimeout').mockImplementation(((after: () => void, milliseconds: number) => {
            if (milliseconds >= 50) pauses.push(milliseconds);
            setImmediate(after);
          }) as never);
          const { RequestItems } = JSON.parse(Buffer.from(body).toString());
          return { statusCode: 200, headers: {}, body: json({ UnprocessedItems: RequestItems }) };
        }
      : undefined,
  );
  await expect(local.erasure().destroy('ada')).rejects.toThrow(
    '3 rows of the key store could not be deleted, because the table is throttled; try again',
  );
  expect(pauses).toEqual([50, 100, 200, 400, 800, 1_600, 3_200]);
  expect(local.faults.calls.filter((call) => call === 'dynamodb.BatchWriteItem')).toHaveLength(8);
});

describe('a readmission', () => {
  test('before its time says why, and when to try again', async () => {
    await local.erasure().destroy('ada');
    await expect(local.erasure().readmit('ada')).rejects.toThrow(
      "user 'ada' can't have a new key yet, because their erasure isn't complete, or was completed less than 120 seconds " +
        'ago: a process may still write under the old key; complete it, and try again then',
    );
  });

  test('passes on a failure of the table', async () => {
    local.faults.choose(() => 'before');
    await expect(local.erasure().readmit('ada')).rejects.toThrow(Killed);
  });
});

test('a rotation passes on a failure of the table', async () => {
  await local.keyring().ensureKey('ada');
  local.faults.choose((call) => (call === 'dynamodb.TransactWriteItems' ? 'before' : undefined));
  await expect(local.erasure().rotate('ada')).rejects.toThrow(Killed);
});

describe('a keyring that has no key', () => {
  test('does not take a failure of the table for that', async () => {
    local.faults.choose((call) => (call === 'dynamodb.GetItem' ? 'before' : undefined));
    const keyring = local.keyring();
    await expect(keyring.ensureKey('ada')).rejects.toThrow(Killed);
    expect(local.faults.calls).toEqual(['dynamodb.GetItem']);
    local.faults.none();
    await keyring.ensureKey('ada');
    expect(await keyring.encrypt('ada', Buffer.from('x'))).toBeDefined();
  });

  test('does not believe that one was made', async () => {
    const keyring = new BranchKeyring(local.options(), { make: async () => {} });
    await expect(keyring.ensureKey('ada')).rejects.toThrow(KeyGone);
  });

  test('lets the maker see whether there is one by now', async () => {
    const seen: boolean[] = [];
    const keyring = new BranchKeyring(local.options(), {
      make: async (user, exists) => {
        seen.push(await exists());
        await local.keyring().ensureKey(user);
        seen.push(await exists());
      },
    });
    await keyring.ensureKey('ada');
    expect(seen).toEqual([false, true]);
  });
});

describe('the client of a key store', () => {
  const Item = { 'branch-key-id': { S: 'sciences/ada' }, type: { S: 'x' } };
  const TableName = 'sciences-keys';
  const write = (...TransactItems: object[]) =>
    keyStoreClient(local.client()).send(new TransactWriteItemsCommand({ TransactItems: TransactItems as never }));

  test.each<[string, object[]]>([
    ['no part', []],
    ['a part that is no row', [{ Delete: { TableName, Key: Item } }]],
    ['a row without an id', [{ Put: { TableName, Item: { type: { S: 'x' } } } }]],
    ['a row with an id that is no text', [{ Put: { TableName, Item: { ...Item, 'branch-key-id': { N: '1' } } } }]],
    ['a row without a table', [{ Put: { Item } }]],
  ])('refuses a transaction that it can not check: %s', async (_, parts) => {
    local.faults.none();
    await expect(write(...parts)).rejects.toThrow(
      'the AWS Encryption SDK writes the key store in a way that this version does not know; use the pinned version',
    );
    expect(local.faults.calls).toEqual([]);
  });

  test('adds the check that the user was not erased to a transaction, and nothing to another write', async () => {
    await write({ Put: { TableName, Item } });
    await local.erasure().destroy('ada');
    await expect(write({ Put: { TableName, Item } })).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    await keyStoreClient(local.client()).send(new PutItemCommand({ TableName, Item }));
    expect(await local.rows(TableName)).toHaveLength(2);
    const read = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: Item } }] });
    await keyStoreClient(local.client())
      .send(read)
      .catch(() => {});
    expect(local.faults.calls).toContain('dynamodb.TransactGetItems');
  });
});
