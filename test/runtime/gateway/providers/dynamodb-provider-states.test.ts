import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { generationPartition, type LeftState, leftPartition, stateKey } from '@/lib/contract/provider-state';
import { itemClient } from '@/lib/runtime/aws/item-client';
import { DynamoDbProviderStates } from '@/lib/runtime/gateway/providers/dynamodb-provider-states';
import { DynamoDbProviderRegistry } from '@/lib/runtime/gateway/providers/provider-registry';
import { LocalTable } from '@/test/support/local-table';

const table = new LocalTable();
beforeAll(() => table.start());
afterAll(() => table.stop());

const states = () =>
  new DynamoDbProviderStates({
    name: table.name,
    client: itemClient('eu-central-1', table.url, { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }),
  });
const registry = () => new DynamoDbProviderRegistry({ client: table.client, name: table.name });
const left = (name: string, over: Partial<LeftState> = {}): LeftState => ({
  name,
  generation: 0,
  at: '2026-12-01T08:00:00.000Z',
  kind: 'key',
  refusals: 5,
  models: ['a', 'b'],
  ...over,
});
const NOW = new Date('2026-12-01T09:00:00.000Z');

test('what one process writes, another reads and an operator lists', async () => {
  await states().leave(left('one'));
  await states().leave(left('one/gpt-5.4', { kind: 'access' }));
  const read = await states().read(['one', 'one/gpt-5.4', 'two']);
  expect([...read.left.values()]).toEqual([left('one'), left('one/gpt-5.4', { kind: 'access' })]);
  const listed = (await registry().list()).filter(({ name }) => name.startsWith('one'));
  expect(listed).toEqual([left('one'), left('one/gpt-5.4', { kind: 'access' })]);
});

test('the first departure is the one that is stored', async () => {
  await states().leave(left('first'));
  await states().leave(left('first', { at: 'later' }));
  expect((await states().read(['first'])).left.get('first')).toEqual(left('first'));
});

test('a readmission begins a generation that no gateway could have written before', async () => {
  const process = states();
  await process.leave(left('again'));
  await process.read(['again']);
  for (let generation = 1; generation < 5; generation++) await states().leave(left('again', { generation }));
  expect(await registry().readmit('again', NOW, 'new key')).toEqual({
    name: 'again',
    generation: NOW.getTime(),
    at: NOW.toISOString(),
    reason: 'new key',
  });
  const read = await process.read(['again']);
  expect([read.left.size, read.generations.get('again')]).toEqual([0, NOW.getTime()]);
  await process.leave(left('again', { generation: NOW.getTime() }));
  expect((await process.read(['again'])).left.get('again')).toMatchObject({ generation: NOW.getTime() });
  const earlier = new Date(0);
  expect(await registry().readmit('again', earlier)).toMatchObject({ generation: NOW.getTime() + 1 });
});

test('only what is out of use can be readmitted, and only what is in use can be drilled', async () => {
  await expect(registry().readmit('three', NOW)).rejects.toThrow("'three' isn't out of use");
  expect(await registry().drill('three', NOW)).toMatchObject({ kind: 'drill', refusals: 0 });
  await expect(registry().drill('three', NOW)).rejects.toThrow("'three' is out of use already, since 2026-12-01T09");
});

test('a provider that leaves between the reading and the write of a drill is not drilled', async () => {
  const client = {
    send: async (command: never) => {
      if ((command as object) instanceof UpdateItemCommand) await states().leave(left('meanwhile'));
      return table.client.send(command);
    },
  } as never;
  const drilling = new DynamoDbProviderRegistry({ client, name: table.name });
  await expect(drilling.drill('meanwhile', NOW)).rejects.toThrow(
    "'meanwhile' is out of use already, since 2026-12-01T08:00:00.000Z; readmit it first",
  );
  expect((await states().read(['meanwhile'])).left.get('meanwhile')).toEqual(left('meanwhile'));
});

test('a row without attributes still says that its provider left', async () => {
  await table.client.send(new PutItemCommand({ TableName: table.name, Item: stateKey(leftPartition('bare', 0)) }));
  const models = { S: '{' };
  const Item = { ...stateKey(leftPartition('odd', 0)), kind: { S: 'x' }, models };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  const read = await states().read(['bare', 'odd']);
  expect([...read.left.values()]).toMatchObject([
    { name: 'bare', kind: 'access', refusals: 0, models: [] },
    { name: 'odd', kind: 'access', models: [] },
  ]);
});

test('a generation that is no number is an error of its name, not a readmission', async () => {
  await states().leave(left('good'));
  const Item = { ...stateKey(generationPartition('wrong')), generation: { S: 'x' } };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  const { left: out, generations, unreadable } = await states().read(['wrong', 'good']);
  expect([[...out.keys()], generations.size, unreadable]).toEqual([['good'], 0, new Set(['wrong'])]);
  for (const change of [registry().drill('wrong', NOW), registry().readmit('wrong', NOW)])
    await expect(change).rejects.toThrow(/the generation of 'wrong' in table '.+' isn't a number; write/);
});

test('more names than fit into one call are read', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `many-${index}`);
  await states().leave(left('many-119'));
  expect([...(await states().read(names)).left.keys()]).toEqual(['many-119']);
});

test.each<[string, object, string]>([
  ['has no rows', {}, 'left rows unread'],
  ['leaves keys unread', { Responses: { t: [] }, UnprocessedKeys: { t: {} } }, 'left rows unread'],
  ['has another row', { Responses: { t: [stateKey('left#other#0')] } }, 'not asked for'],
  ['has a row without a key', { Responses: { t: [{}] } }, 'not asked for'],
])('an answer that %s is an error, not a readmission', async (_, answer, message) => {
  const client = { send: async () => answer } as never;
  await expect(new DynamoDbProviderStates({ client, name: 't' }).read(['one'])).rejects.toThrow(message);
});
