import { Readable } from 'node:stream';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { LocalRequestHandler } from '@/lib/local/aws/shared/request-handler';
import { dynamodbClient } from '@/lib/runtime/aws/dynamodb-client';
import { itemClient } from '@/lib/runtime/aws/item-client';
import { s3Client } from '@/lib/runtime/aws/s3-client';
import { WrongAnswer } from '@/lib/runtime/aws/wrong-answer';

const CREDENTIALS = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' };
let calls = 0;
const answering = (body: string, headers: Record<string, string> = {}) =>
  new LocalRequestHandler({
    answer: async () => {
      calls++;
      return { statusCode: 200, headers, body: Buffer.from(body) };
    },
  });
const dynamodb = (body: string) =>
  dynamodbClient('eu-central-1', 'https://store.invalid', CREDENTIALS, answering(body));
const items = (body: string) =>
  itemClient('eu-central-1', 'https://store.invalid', CREDENTIALS, {
    handle: async () => {
      calls++;
      return { response: { statusCode: 200, headers: {}, body: Readable.from([body]) } } as never;
    },
  });
const s3 = (body: string) => s3Client('eu-central-1', 'https://127.0.0.1', CREDENTIALS, answering(body));

const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
const [ADA, EVE] = [key('user#ada', 'a'), key('user#eve', 'a')];
const TableName = 'content';
const names = { '#pk': 'pk' };
const query = {
  TableName,
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: { ':pk': ADA.pk },
};

const COMMANDS = {
  get: new GetItemCommand({ TableName, Key: ADA }),
  projected: new GetItemCommand({ TableName, Key: ADA, ProjectionExpression: '#pk', ExpressionAttributeNames: names }),
  query: new QueryCommand(query),
  more: new QueryCommand({ ...query, ExclusiveStartKey: ADA }),
  scan: new ScanCommand({ TableName, ExclusiveStartKey: ADA }),
  batch: new BatchGetItemCommand({ RequestItems: { content: { Keys: [ADA] } } }),
  delete: new BatchWriteItemCommand({ RequestItems: { content: [{ DeleteRequest: { Key: ADA } }] } }),
  update: new UpdateItemCommand({ TableName, Key: ADA, UpdateExpression: 'SET a = :a', ReturnValues: 'ALL_NEW' }),
};

const WRONG: readonly [string, keyof typeof COMMANDS, object][] = [
  ["another user's row", 'get', { Item: EVE }],
  ['another row of the user', 'get', { Item: key('user#ada', 'b') }],
  ['a row without its key', 'get', { Item: { sk: ADA.sk } }],
  ["another user's row, only partly asked for", 'projected', { Item: { pk: EVE.pk } }],
  ["another user's row among the user's", 'query', { Items: [ADA, EVE], Count: 2 }],
  ['no number of rows', 'query', {}],
  ['fewer rows than it counts', 'query', { Items: [ADA], Count: 2 }],
  ["another user's row as the end of the page", 'query', { Items: [ADA], Count: 1, LastEvaluatedKey: EVE }],
  ['the end of the page before', 'more', { Items: [], Count: 0, LastEvaluatedKey: ADA }],
  ['the end of the page before', 'scan', { Items: [EVE], Count: 1, LastEvaluatedKey: ADA }],
  ['no number of rows', 'scan', { Items: [EVE] }],
  ['nothing about rows', 'batch', {}],
  ["another user's row", 'batch', { Responses: { content: [EVE] }, UnprocessedKeys: {} }],
  ["another table's row", 'batch', { Responses: { other: [ADA] }, UnprocessedKeys: {} }],
  ['nothing about what is left', 'delete', {}],
  ["another user's row", 'update', { Attributes: EVE }],
  ['no row', 'update', {}],
];

test.each(WRONG)('%s is refused as the answer to %s', async (_, command, answer) => {
  const sent = dynamodb(JSON.stringify(answer)).send(COMMANDS[command] as GetItemCommand);
  await expect(sent).rejects.toThrow(WrongAnswer);
  await expect(sent).rejects.not.toThrow(/ada|eve/);
});

const queries = WRONG.filter(([, command]) => ['query', 'more'].includes(command));

test.each(queries)(
  '%s is refused as the answer to %s by the client of items, at the first try',
  async (_, command, answer) => {
    calls = 0;
    await expect(items(JSON.stringify(answer)).send(COMMANDS[command] as QueryCommand)).rejects.toThrow(WrongAnswer);
    expect(calls).toBe(1);
  },
);

test('the client of items reads the rows of a partition', async () => {
  const page = { Items: [ADA], Count: 1, LastEvaluatedKey: ADA };
  expect(await items(JSON.stringify(page)).send(COMMANDS.query)).toEqual(page);
});

test.each<[string, keyof typeof COMMANDS, object]>([
  ['no row', 'get', {}],
  ['a row', 'get', { Item: ADA }],
  ['a part of a row', 'projected', { Item: { pk: ADA.pk } }],
  ['no rows', 'query', { Items: [], Count: 0 }],
  ['an empty page with more after it', 'query', { Items: [], Count: 0, LastEvaluatedKey: ADA }],
  ["every user's rows", 'scan', { Items: [EVE, ADA], Count: 2, LastEvaluatedKey: EVE }],
  ['rows that are left', 'batch', { Responses: {}, UnprocessedKeys: { content: { Keys: [ADA] } } }],
  ['nothing left', 'delete', { UnprocessedItems: {} }],
  ['a row', 'update', { Attributes: ADA }],
])('%s is accepted as the answer to %s', async (_, command, answer) => {
  await expect(dynamodb(JSON.stringify(answer)).send(COMMANDS[command] as GetItemCommand)).resolves.toMatchObject(
    answer,
  );
});

test.each(['get', 'query', 'delete'] as const)(
  'no body is repeated, and then refused as the answer to %s',
  async (command) => {
    calls = 0;
    await expect(dynamodb('').send(COMMANDS[command] as GetItemCommand)).rejects.toThrow(WrongAnswer);
    expect(calls).toBe(3);
  },
);

const versions = (content: string) => `<ListVersionsResult>${content}</ListVersionsResult>`;
const version = (name: string) => `<Version><Key>${name}</Key><VersionId>1</VersionId></Version>`;
const MORE = '<IsTruncated>true</IsTruncated>';
const next = (name: string, id: string) =>
  `<NextKeyMarker>${name}</NextKeyMarker><NextVersionIdMarker>${id}</NextVersionIdMarker>`;
const list = new ListObjectVersionsCommand({
  Bucket: 'files',
  Prefix: 'content/ada/',
  KeyMarker: 'content/ada/1',
  VersionIdMarker: '1',
});

test.each<[string, string]>([
  ['nothing', ''],
  ['no end', versions(version('content/ada/2'))],
  ["another user's object", versions(`${version('content/eve/1')}<IsTruncated>false</IsTruncated>`)],
  [
    "another user's deletion",
    versions('<DeleteMarker><Key>content/eve/1</Key></DeleteMarker><IsTruncated>false</IsTruncated>'),
  ],
  ['more without saying where', versions(`${version('content/ada/2')}${MORE}`)],
  ['the end of the page before', versions(`${MORE}${next('content/ada/1', '1')}`)],
])('a list of versions with %s is refused', async (_, answer) => {
  await expect(s3(answer).send(list)).rejects.toThrow(WrongAnswer);
});

test('a page of versions is accepted', async () => {
  const page = versions(`${version('content/ada/2')}${MORE}${next('content/ada/1', '2')}`);
  expect((await s3(page).send(list)).Versions).toHaveLength(1);
});

const objects = (content: string) => `<ListBucketResult>${content}</ListBucketResult>`;
const object = (name: string) => `<Contents><Key>${name}</Key></Contents>`;

test.each<[string, string]>([
  ['no end', objects(object('content/ada/1'))],
  ['an object that was not asked for', objects(`${object('content/eve/1')}<IsTruncated>false</IsTruncated>`)],
  ['more without saying where', objects(`${object('content/ada/1')}${MORE}`)],
  [
    'the page before again',
    objects(`${object('content/ada/1')}${MORE}<NextContinuationToken>1</NextContinuationToken>`),
  ],
])('a list of objects with %s is refused', async (_, answer) => {
  const command = new ListObjectsV2Command({ Bucket: 'files', Prefix: 'content/ada/', ContinuationToken: '1' });
  await expect(s3(answer).send(command)).rejects.toThrow(WrongAnswer);
});

test('an empty page of versions that says where the next begins is accepted', async () => {
  expect(await s3(versions(`${MORE}${next('content/ada/3', '1')}`)).send(list)).toMatchObject({ IsTruncated: true });
});
