import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  type ReturnValue,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { LocalTable } from '@/test/support/local-table';

/** Dynalite, an independent implementation of DynamoDB, must give the local store's answer for every row. */
const dynalite = new LocalTable();
const folder = mkdtempSync(path.join(tmpdir(), 'dynamodb-'));
const aws = new LocalAws({
  file: path.join(folder, 'content.sqlite'),
  region: 'eu-central-1',
  tables: [{ name: dynalite.name, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' }],
});
const local = aws.dynamodb();
beforeAll(() => dynalite.start());
afterAll(async () => {
  await dynalite.stop();
  aws.close();
  rmSync(folder, { recursive: true });
});
jest.setTimeout(30_000);

type Item = Record<string, AttributeValue>;
type Work = (client: DynamoDBClient) => Promise<unknown>;

const TableName = dynalite.name;
const key = (pk: string, sk = 'a') => ({ pk: { S: pk }, sk: { S: sk } });

/** The comparable result: an answer without its metadata, or the name of a refusal. */
async function both(work: Work): Promise<unknown> {
  const said = [];
  for (const client of [local, dynalite.client]) {
    said.push(
      await work(client).then(
        (answer) => {
          const { $metadata: _, Attributes, ...rest } = answer as { $metadata?: unknown; Attributes?: Item };
          // Dynalite returns an empty value instead of none.
          return Object.keys(Attributes ?? {}).length === 0 ? rest : { ...rest, Attributes };
        },
        (error: Error) => ({ refused: error.name }),
      ),
    );
  }
  expect(said[0]).toEqual(said[1]);
  return said[0];
}

const put =
  (Item: Item, over: Partial<PutItemCommandInput> = {}): Work =>
  (client) =>
    client.send(new PutItemCommand({ TableName, Item, ...over }));
const get =
  (pk: string, sk?: string): Work =>
  (client) =>
    client.send(new GetItemCommand({ TableName, Key: key(pk, sk), ConsistentRead: true }));
const update =
  (pk: string, UpdateExpression: string, over: Partial<UpdateItemCommandInput> = {}): Work =>
  (client) =>
    client.send(new UpdateItemCommand({ TableName, Key: key(pk), UpdateExpression, ReturnValues: 'ALL_NEW', ...over }));
const remove =
  (pk: string, over: Partial<DeleteItemCommandInput> = {}): Work =>
  (client) =>
    client.send(new DeleteItemCommand({ TableName, Key: key(pk), ReturnValues: 'ALL_OLD', ...over }));
const query =
  (pk: string, over: Partial<QueryCommandInput> = {}): Work =>
  (client) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ConsistentRead: true,
        ...over,
        ExpressionAttributeValues: { ':pk': { S: pk }, ...over.ExpressionAttributeValues },
      }),
    );

const EVERYTHING: Item = {
  ...key('everything'),
  text: { S: 'Grüß Gott' },
  empty: { S: '' },
  bytes: { B: Buffer.from([0, 1, 255]) },
  whole: { N: '42' },
  large: { N: '12345678901234567890123456789012345678' },
  part: { N: '-1.5' },
  yes: { BOOL: true },
  none: { NULL: true },
  list: { L: [{ N: '1' }, { S: 'b' }, { L: [] }] },
  map: { M: { 'a.b': { S: 'x' }, deep: { M: { n: { N: '7' } } } } },
  texts: { SS: ['b', 'a'] },
  numbers: { NS: ['3', '1'] },
};

test('an item of every type is returned unchanged', async () => {
  await both(put(EVERYTHING));
  const found = (await both(get('everything'))) as { Item: Item };
  expect(found.Item).toEqual({ ...EVERYTHING, bytes: { B: new Uint8Array([0, 1, 255]) } });
});

test.each<[string, Item]>([
  ['without a sort key', { pk: { S: 'x' } }],
  ['with an empty key', key('')],
  ['with a number for a key', { pk: { N: '1' }, sk: { S: 'a' } }],
  ['with an empty set', { ...key('x'), set: { SS: [] } }],
  ['with a member twice', { ...key('x'), set: { SS: ['a', 'a'] } }],
  ['with a number that is none', { ...key('x'), n: { N: 'one' } }],
  ['with a key that is too long', key('x', 'y'.repeat(1025))],
  ['that is too large', { ...key('x'), text: { S: 'x'.repeat(400 * 1024) } }],
])('an item %s is refused', async (_, item) => {
  expect(await both(put(item))).toEqual({ refused: 'ValidationException' });
});

test('an item of the maximum size is accepted', async () => {
  const rest = 400 * 1024 - 'pkexactskatext'.length;
  expect(await both(put({ ...key('exact'), text: { S: 'x'.repeat(rest) } }))).toEqual({});
});

const CONDITIONS: [string, string, Item?, Record<string, string>?][] = [
  ['is there', 'attribute_exists(pk)'],
  ['is not there', 'attribute_not_exists(pk)'],
  ['has no such attribute', 'attribute_not_exists(#a)', undefined, { '#a': 'gone' }],
  ['equals', '#a = :v', { ':v': { S: 'Grüß Gott' } }, { '#a': 'text' }],
  ['differs', '#a <> :v', { ':v': { S: 'other' } }, { '#a': 'text' }],
  ['differs, and is not there', '#a <> :v', { ':v': { S: 'other' } }, { '#a': 'gone' }],
  ['has another type', '#a = :v', { ':v': { N: '1' } }, { '#a': 'text' }],
  ['is below', '#a < :v', { ':v': { N: '100' } }, { '#a': 'whole' }],
  ['is not below', '#a < :v', { ':v': { N: '9' } }, { '#a': 'whole' }],
  ['is at least', '#a >= :v', { ':v': { N: '42.0' } }, { '#a': 'whole' }],
  ['is between', '#a BETWEEN :v AND :w', { ':v': { N: '41' }, ':w': { N: '42' } }, { '#a': 'whole' }],
  ['is one of', '#a IN (:v, :w)', { ':v': { N: '41' }, ':w': { N: '42' } }, { '#a': 'whole' }],
  ['begins with', 'begins_with(#a, :v)', { ':v': { S: 'Grü' } }, { '#a': 'text' }],
  ['contains a text', 'contains(#a, :v)', { ':v': { S: 'Gott' } }, { '#a': 'text' }],
  ['contains a member', 'contains(#a, :v)', { ':v': { S: 'a' } }, { '#a': 'texts' }],
  ['contains a value', 'contains(#a, :v)', { ':v': { S: 'b' } }, { '#a': 'list' }],
  ['is of a type', 'attribute_type(#a, :v)', { ':v': { S: 'SS' } }, { '#a': 'texts' }],
  ['is as long as', 'size(#a) = :v', { ':v': { N: '9' } }, { '#a': 'text' }],
  ['is a set, in another order', '#a = :v', { ':v': { SS: ['a', 'b'] } }, { '#a': 'texts' }],
  ['is deep within', '#m.#d.#n = :v', { ':v': { N: '7' } }, { '#m': 'map', '#d': 'deep', '#n': 'n' }],
  ['is in a list', '#a[1] = :v', { ':v': { S: 'b' } }, { '#a': 'list' }],
  ['AND before OR', '#a = :v OR #a = :w AND #a = :v', { ':v': { N: '42' }, ':w': { N: '1' } }, { '#a': 'whole' }],
  ['parentheses', '(#a = :v OR #a = :w) AND #a = :w', { ':v': { N: '42' }, ':w': { N: '1' } }, { '#a': 'whole' }],
  ['NOT', 'NOT #a = :v', { ':v': { N: '1' } }, { '#a': 'whole' }],
  ['NOT of a group', 'NOT (#a = :v AND attribute_exists(pk))', { ':v': { N: '42' } }, { '#a': 'whole' }],
  [
    'keywords in small letters',
    'not #a = :v and #a between :w and :x',
    { ':v': { N: '1' }, ':w': { N: '1' }, ':x': { N: '50' } },
    { '#a': 'whole' },
  ],
  ['an alias without a meaning', '#a = :v', { ':v': { N: '1' } }],
  ['a value without a meaning', '#a = :v', undefined, { '#a': 'whole' }],
  ['a value that is not used', 'attribute_exists(pk)', { ':v': { N: '1' } }],
  ['an alias that is not used', 'attribute_exists(pk)', undefined, { '#a': 'whole' }],
  ['an unknown function', 'begins(#a, :v)', { ':v': { S: 'a' } }, { '#a': 'text' }],
  ['a sentence without an end', '#a = ', undefined, { '#a': 'whole' }],
  ['two sentences', 'attribute_exists(pk) attribute_exists(sk)'],
  ['a strange sign', 'pk ! sk'],
];

test.each(CONDITIONS.map((row) => [row[0], row] as const))(
  'condition: %s',
  async (_, [, ConditionExpression, ExpressionAttributeValues, ExpressionAttributeNames]) => {
    await both(put(EVERYTHING));
    await both(remove('everything', { ConditionExpression, ExpressionAttributeValues, ExpressionAttributeNames }));
    await both(get('everything'));
    await both(remove('none', { ConditionExpression, ExpressionAttributeValues, ExpressionAttributeNames }));
  },
);

const UPDATES: [string, string, Item?, Record<string, string>?][] = [
  ['sets', 'SET #a = :v', { ':v': { S: 'x' } }, { '#a': 'new' }],
  ['sets two', 'SET #a = :v, #b = :v', { ':v': { S: 'x' } }, { '#a': 'new', '#b': 'text' }],
  ['adds a number', 'SET #a = #a + :v', { ':v': { N: '8' } }, { '#a': 'whole' }],
  ['takes a number away', 'SET #a = #a - :v', { ':v': { N: '50' } }, { '#a': 'whole' }],
  ['copies as it was', 'SET #a = #b, #b = :v', { ':v': { S: 'x' } }, { '#a': 'new', '#b': 'text' }],
  ['takes what is there', 'SET #a = if_not_exists(#a, :v)', { ':v': { S: 'x' } }, { '#a': 'text' }],
  ['takes what is not there', 'SET #a = if_not_exists(#a, :v)', { ':v': { S: 'x' } }, { '#a': 'gone' }],
  [
    'counts from nothing',
    'SET #a = if_not_exists(#a, :z) + :v',
    { ':z': { N: '0' }, ':v': { N: '1' } },
    { '#a': 'gone' },
  ],
  ['appends', 'SET #a = list_append(#a, :v)', { ':v': { L: [{ S: 'c' }] } }, { '#a': 'list' }],
  ['sets deep within', 'SET #m.#d.#n = :v', { ':v': { N: '8' } }, { '#m': 'map', '#d': 'deep', '#n': 'n' }],
  ['sets in a list', 'SET #a[0] = :v', { ':v': { N: '8' } }, { '#a': 'list' }],
  ['sets beyond a list', 'SET #a[9] = :v', { ':v': { N: '8' } }, { '#a': 'list' }],
  ['sets in what is not there', 'SET #a.#b = :v', { ':v': { N: '8' } }, { '#a': 'gone', '#b': 'b' }],
  ['copies what is not there', 'SET #a = #b', undefined, { '#a': 'new', '#b': 'gone' }],
  ['removes', 'REMOVE #a, #b', undefined, { '#a': 'text', '#b': 'gone' }],
  ['removes from a list', 'REMOVE #a[1]', undefined, { '#a': 'list' }],
  ['counts', 'ADD #a :v', { ':v': { N: '1' } }, { '#a': 'whole' }],
  ['counts from where nothing is', 'ADD #a :v', { ':v': { N: '-3' } }, { '#a': 'gone' }],
  ['joins sets', 'ADD #a :v', { ':v': { SS: ['b', 'c'] } }, { '#a': 'texts' }],
  ['adds to a text', 'ADD #a :v', { ':v': { N: '1' } }, { '#a': 'text' }],
  ['takes members away', 'DELETE #a :v', { ':v': { SS: ['a'] } }, { '#a': 'texts' }],
  ['takes the last members away', 'DELETE #a :v', { ':v': { SS: ['a', 'b'] } }, { '#a': 'texts' }],
  [
    'several clauses',
    'SET #a = :v REMOVE #b ADD #c :n',
    { ':v': { S: 'x' }, ':n': { N: '1' } },
    { '#a': 'new', '#b': 'text', '#c': 'whole' },
  ],
  ['the same path twice', 'SET #a = :v, #a = :v', { ':v': { S: 'x' } }, { '#a': 'new' }],
  ['a path and one within', 'SET #m = :v, #m.#d = :v', { ':v': { S: 'x' } }, { '#m': 'map', '#d': 'deep' }],
  ['a key', 'SET pk = :v', { ':v': { S: 'x' } }],
];

test.each(UPDATES.map((row) => [row[0], row] as const))(
  'update: %s',
  async (_, [, expression, ExpressionAttributeValues, ExpressionAttributeNames]) => {
    const over = { ExpressionAttributeValues, ExpressionAttributeNames };
    const returns = [
      'ALL_NEW',
      'ALL_OLD',
      ...(/[.[]/.test(expression) ? [] : ['UPDATED_NEW', 'UPDATED_OLD']),
    ] as ReturnValue[];
    for (const ReturnValues of returns) {
      await both(put({ ...EVERYTHING, ...key('updated') }));
      await both(update('updated', expression, { ...over, ReturnValues }));
      await both(get('updated'));
    }
    await both(remove('fresh'));
    await both(update('fresh', expression, over));
    await both(get('fresh'));
  },
);

test('a failed condition returns the item on request', async () => {
  await local.send(new PutItemCommand({ TableName, Item: { ...key('shown'), n: { N: '1' } } }));
  const again = {
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  await expect(put(key('shown'), again)(local)).rejects.toMatchObject({ Item: { n: { N: '1' } } });
});

describe('a query', () => {
  const sorts = ['a', 'b#1', 'b#10', 'b#2', 'b', 'c', 'Z', 'ü', '~', '😀'];
  beforeAll(async () => {
    for (const sk of sorts) await both(put({ ...key('q', sk), length: { N: String(sk.length) } }));
    await both(put(key('q2', 'b')));
  });

  test.each<[string, Partial<QueryCommandInput>]>([
    ['all', {}],
    ['backwards', { ScanIndexForward: false }],
    ['one', { KeyConditionExpression: 'pk = :pk AND sk = :s', ExpressionAttributeValues: { ':s': { S: 'b' } } }],
    ['below', { KeyConditionExpression: 'pk = :pk AND sk < :s', ExpressionAttributeValues: { ':s': { S: 'b' } } }],
    ['at most', { KeyConditionExpression: 'pk = :pk AND sk <= :s', ExpressionAttributeValues: { ':s': { S: 'b' } } }],
    ['above', { KeyConditionExpression: 'sk > :s AND pk = :pk', ExpressionAttributeValues: { ':s': { S: 'b' } } }],
    ['at least', { KeyConditionExpression: 'pk = :pk AND sk >= :s', ExpressionAttributeValues: { ':s': { S: 'b' } } }],
    [
      'between',
      {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :s AND :t',
        ExpressionAttributeValues: { ':s': { S: 'b' }, ':t': { S: 'b#2' } },
      },
    ],
    [
      'beginning with',
      { KeyConditionExpression: 'pk = :pk AND begins_with(sk, :s)', ExpressionAttributeValues: { ':s': { S: 'b#' } } },
    ],
    [
      'beginning with, backwards',
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :s)',
        ExpressionAttributeValues: { ':s': { S: 'b' } },
        ScanIndexForward: false,
      },
    ],
    ['none', { KeyConditionExpression: 'pk = :pk AND sk = :s', ExpressionAttributeValues: { ':s': { S: 'none' } } }],
    ['two', { Limit: 2 }],
    ['exactly as many as there are', { Limit: 10 }],
    ['after a key', { Limit: 2, ExclusiveStartKey: key('q', 'b#10') }],
    ['after a key, backwards', { Limit: 2, ExclusiveStartKey: key('q', 'b#10'), ScanIndexForward: false }],
    [
      'filtered',
      {
        FilterExpression: '#l > :n',
        ExpressionAttributeNames: { '#l': 'length' },
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    ],
    [
      'filtered within a limit',
      {
        Limit: 3,
        FilterExpression: '#l > :n',
        ExpressionAttributeNames: { '#l': 'length' },
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    ],
    ['a part of each', { ProjectionExpression: 'sk, #l', ExpressionAttributeNames: { '#l': 'length' } }],
    ['counted', { Select: 'COUNT' }],
    ['without a partition', { KeyConditionExpression: 'sk = :pk' }],
    ['of a part of a partition', { KeyConditionExpression: 'begins_with(pk, :pk)' }],
    [
      'with three conditions',
      { KeyConditionExpression: 'pk = :pk AND sk > :s AND sk < :s', ExpressionAttributeValues: { ':s': { S: 'a' } } },
    ],
    ['with a limit of nothing', { Limit: 0 }],
  ])('%s', async (_, over) => {
    await both(query('q', over));
  });

  test('returns more than a megabyte in pages', async () => {
    for (let n = 0; n < 30; n++) {
      await both(put({ ...key('pages', `${n}`.padStart(3, '0')), text: { S: 'x'.repeat(100_000) } }));
    }
    const found: (string | undefined)[] = [];
    const pages: number[] = [];
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page = (await both(query('pages', { ExclusiveStartKey }))) as QueryCommandOutput;
      found.push(...(page.Items ?? []).map(({ sk }) => sk?.S));
      pages.push(page.Count ?? 0);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    expect(found).toHaveLength(30);
    expect(pages.length).toBeGreaterThan(2);
  });
});

describe('a batch', () => {
  const writes = (count: number) => (client: DynamoDBClient) => {
    const puts = Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: key('batch', `${n}`) } }));
    return client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
  };
  const reads =
    (Keys: Item[], over: object = {}) =>
    (client: DynamoDBClient) => {
      const RequestItems: BatchGetItemCommandInput['RequestItems'] = { [TableName]: { Keys, ...over } };
      return client.send(new BatchGetItemCommand({ RequestItems }));
    };

  test('writes at most 25 items, each once', async () => {
    await both(writes(25));
    await both(query('batch'));
    expect(await both(writes(26))).toEqual({ refused: 'ValidationException' });
    const twice = [{ DeleteRequest: { Key: key('batch', '1') } }, { PutRequest: { Item: key('batch', '1') } }];
    const again: Work = (client) => client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: twice } }));
    expect(await both(again)).toEqual({ refused: 'ValidationException' });
  });

  test('returns the existing items', async () => {
    await both(put(key('read', '3')));
    const found = await both(reads([key('read', '3'), key('read', 'none')]));
    expect(found).toMatchObject({ Responses: { [TableName]: [key('read', '3')] }, UnprocessedKeys: {} });
    expect(await both(reads([key('read', '3'), key('read', '3')]))).toEqual({ refused: 'ValidationException' });
    const many = Array.from({ length: 101 }, (_, n) => key('read', `${n}`));
    expect(await both(reads(many))).toEqual({ refused: 'ValidationException' });
  });
});

describe('a transaction', () => {
  const transact = (...TransactItems: NonNullable<TransactWriteItemsCommandInput['TransactItems']>) =>
    local.send(new TransactWriteItemsCommand({ TransactItems }));
  const n = async (pk: string) => (await local.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item?.n?.N;

  test('performs all its writes', async () => {
    await local.send(new PutItemCommand({ TableName, Item: { ...key('t2'), n: { N: '1' } } }));
    await local.send(new PutItemCommand({ TableName, Item: { ...key('t3'), n: { N: '1' } } }));
    await transact(
      { Put: { TableName, Item: { ...key('t1'), n: { N: '5' } }, ConditionExpression: 'attribute_not_exists(pk)' } },
      {
        Update: {
          TableName,
          Key: key('t2'),
          UpdateExpression: 'ADD #n :one',
          ExpressionAttributeNames: { '#n': 'n' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
      { Delete: { TableName, Key: key('t3') } },
      { ConditionCheck: { TableName, Key: key('t4'), ConditionExpression: 'attribute_not_exists(pk)' } },
    );
    expect(await Promise.all(['t1', 't2', 't3'].map(n))).toEqual(['5', '2', undefined]);
  });

  test('performs no write if one condition fails, and names the condition', async () => {
    await local.send(new PutItemCommand({ TableName, Item: { ...key('t5'), n: { N: '1' } } }));
    const failing = transact(
      { Put: { TableName, Item: key('t6') } },
      {
        Put: {
          TableName,
          Item: key('t5'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      { Delete: { TableName, Key: key('t7') } },
    );
    await expect(failing).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: { n: { N: '1' } } },
        { Code: 'None' },
      ],
    });
    expect(await n('t5')).toBe('1');
    const { Item } = await local.send(new GetItemCommand({ TableName, Key: key('t6') }));
    expect(Item).toBeUndefined();
  });

  test('is performed once per token, even if the items have changed since', async () => {
    const made = (count: string) =>
      local.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: 'token-1',
          TransactItems: [
            {
              Put: {
                TableName,
                Item: { ...key('t9'), n: { N: count } },
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
          ],
        }),
      );
    await made('1');
    await made('1');
    await expect(made('2')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    expect(await n('t9')).toBe('1');
  });

  test('isn’t recognised by its token if it failed', async () => {
    const Put = { TableName, Item: key('t10'), ConditionExpression: 'attribute_not_exists(pk)' };
    await local.send(new PutItemCommand({ TableName, Item: key('t10') }));
    const again = () =>
      local.send(new TransactWriteItemsCommand({ ClientRequestToken: 'token-2', TransactItems: [{ Put }] }));
    await expect(again()).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    await local.send(new DeleteItemCommand({ TableName, Key: key('t10') }));
    await again();
    const { Item } = await local.send(new GetItemCommand({ TableName, Key: key('t10') }));
    expect(Item).toBeDefined();
  });

  test('may name each item once, and at most a hundred', async () => {
    const one = { Delete: { TableName, Key: key('t8') } };
    await expect(transact(one, one)).rejects.toThrow('duplicates');
    await expect(transact(...Array.from({ length: 101 }, () => one))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

test('an item is deleted some time after it expires', async () => {
  const file = path.join(folder, 'expiring.sqlite');
  const tables = [{ name: 'keeping', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' }];
  const at = (time: number) => new LocalAws({ file, region: 'eu-central-1', tables, now: () => new Date(time) });
  const before = at(1_000_000);
  await before
    .dynamodb()
    .send(new PutItemCommand({ TableName: 'keeping', Item: { ...key('x'), expiresAt: { N: '1001' } } }));
  before.close();
  const find = async (time: number) => {
    const later = at(time);
    const { Item } = await later.dynamodb().send(new GetItemCommand({ TableName: 'keeping', Key: key('x') }));
    later.close();
    return Item;
  };
  expect(await find(1_001_000)).toBeDefined();
  expect(await find(1_002_000)).toBeUndefined();
});

test.each<[string, Work]>([
  ['an operation', (client) => client.send(new TransactGetItemsCommand({ TransactItems: [] }))],
  ['a parameter', query('q', { IndexName: 'by-time' })],
  ['a bare name, which may be reserved', put(key('x'), { ConditionExpression: 'attribute_exists(status)' })],
  ['a part of an attribute in an answer', query('q', { ProjectionExpression: 'sk[0]' })],
  ['an old form of a condition', put(key('x'), { Expected: { pk: { Exists: false } } })],
])('%s that the local store doesn’t support is refused explicitly', async (_, work) => {
  await expect(work(local)).rejects.toMatchObject({ name: 'UnsupportedByLocalStore' });
});

test('an unknown table is reported as unknown', async () => {
  expect(await both((client) => client.send(new GetItemCommand({ TableName: 'other', Key: key('x') })))).toEqual({
    refused: 'ResourceNotFoundException',
  });
});
