import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { LocalCounters } from '@/lib/local/local-counters';
import { Store } from '@/lib/local/store';
import { itemClient } from '@/lib/runtime/aws/item-client';
import type { Counters } from '@/lib/runtime/gateway/limits/counters';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import { monthOfTenant, requestsOf, runningOf, tokensOf, wholeCourse } from '@/lib/runtime/gateway/limits/windows';
import { LocalTable } from '@/test/support/local-table';
import { MemoryCounters } from '../support/memory-store';

const table = new LocalTable();
const store = Store.open(mkdtempSync(path.join(tmpdir(), 'counters-')));
beforeAll(() => table.start());
afterAll(async () => {
  store.close();
  await table.stop();
});

const deployed = () => itemClient('eu-central-1', table.url, { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' });

const time = new Date('2026-11-24T23:59:30.500Z');

describe.each<[string, () => Counters]>([
  ['in memory', () => new MemoryCounters()],
  ['in the store of serve', () => new LocalCounters(store, time)],
  ['in DynamoDB', () => new DynamoDbCounters({ client: table.client, name: table.name })],
  ['in DynamoDB, by the deployed client', () => new DynamoDbCounters({ client: deployed(), name: table.name })],
])('counters %s', (where, open) => {
  const tenant = (name: string) => `${name}-${where.length}`;

  test('start at 0 and add up', async () => {
    const counters = open();
    const { counter } = tokensOf(tenant('sum'), time);
    expect(await counters.read(counter)).toBe(0);
    expect(await counters.add(counter, 40)).toBe(40);
    expect(await counters.add(counter, 2)).toBe(42);
    expect(await counters.read(counter)).toBe(42);
    expect(await counters.read(tokensOf(tenant('other'), time).counter)).toBe(0);
    expect(await counters.read(requestsOf(tenant('sum'), time).counter)).toBe(0);
  });

  test('add nothing once they have reached a limit', async () => {
    const counters = open();
    const { counter } = requestsOf(tenant('limit'), time);
    const sums = [];
    for (let n = 0; n < 4; n += 1) sums.push(await counters.add(counter, 1, 2));
    expect(sums).toEqual([1, 2, undefined, undefined]);
    expect(await counters.read(counter)).toBe(2);
  });

  test('are read with the counts that are stored with them', async () => {
    const counters = open();
    const { counter } = monthOfTenant(tenant('parts'), time);
    expect(await counters.readAll(counter)).toEqual({ count: 0, parts: {} });
    await counters.add(counter, 40, undefined, { nanoUsd: 2 ** 40 });
    await counters.add(counter, 2, undefined, { nanoUsd: 1, 'a|b': 3 });
    expect(await counters.readAll(counter)).toEqual({ count: 42, parts: { nanoUsd: 2 ** 40 + 1, 'a|b': 3 } });
  });

  test('never fall below 0, and are not created by a subtraction', async () => {
    const counters = open();
    const { own, before } = runningOf(tenant('below'), time);
    await counters.add(own, 2);
    for (const amount of [1, 2, 1, 1]) await counters.subtract(own, amount);
    expect(await counters.read(own)).toBe(0);
    await counters.subtract(before, 1);
    expect(await counters.read(before)).toBe(0);
    expect(await counters.add(own, 1, 1)).toBe(1);
  });

  test('exactly 10 of 50 concurrent additions succeed at a limit of 10', async () => {
    const counters = open();
    const { counter } = requestsOf(tenant('race'), time);
    const sums = await Promise.all(Array.from({ length: 50 }, () => counters.add(counter, 1, 10)));
    expect(sums.filter((sum) => sum !== undefined).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

test('windows are minutes and days of UTC; minutes are forgotten after a day, and sums of tokens after a quarter', async () => {
  const minute = requestsOf('bot', time);
  expect(minute).toEqual({
    counter: { tenant: 'bot', name: 'requests#2026-11-24T23:59', forget: new Date('2026-11-26T00:00:00Z') },
    end: new Date('2026-11-25T00:00:00Z'),
  });
  expect(tokensOf('bot', time)).toEqual({
    counter: { tenant: 'bot', name: 'tokens#2026-11-24', forget: new Date('2027-02-25T00:00:00Z') },
    end: new Date('2026-11-25T00:00:00Z'),
  });
  expect(tokensOf('sciences', time, 'anna').counter.name).toBe('tokens#2026-11-24#anna');
  expect(requestsOf('bot', minute.end).counter.name).toBe('requests#2026-11-25T00:00');
});

const COURSE = { id: 'algebra', end: new Date('2027-01-01T00:00:00Z') };
const EXTENDED = { ...COURSE, end: new Date('2027-07-01T00:00:00Z') };

test('a reading after a course was extended lets the table forget it later, and writes once', async () => {
  const counters = new DynamoDbCounters({ client: table.client, name: table.name });
  const forgotten = async (of: typeof COURSE) => {
    const { counter } = wholeCourse('extended', of, 'ada');
    const before = await counters.readAll(counter);
    const key = { pk: { S: 'counter#extended' }, sk: { S: counter.name } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: key }));
    return [before.count, Item?.expiresAt && new Date(Number(Item.expiresAt.N) * 1_000).toISOString()];
  };
  // A reading creates nothing.
  expect(await forgotten(EXTENDED)).toEqual([0, undefined]);
  await counters.add(wholeCourse('extended', COURSE, 'ada').counter, 7);
  expect(await forgotten(COURSE)).toEqual([7, '2027-02-01T00:00:00.000Z']);
  expect(await forgotten(EXTENDED)).toEqual([7, '2027-08-01T00:00:00.000Z']);
  // An instance of the deployment before doesn't take it back.
  expect(await forgotten(COURSE)).toEqual([7, '2027-08-01T00:00:00.000Z']);
  const send = jest.spyOn(table.client, 'send');
  await counters.readAll(wholeCourse('extended', EXTENDED, 'ada').counter);
  expect(send).toHaveBeenCalledTimes(1);
  send.mockRestore();
});

test('serve has an extended course after the end that it had before', async () => {
  const [before, after] = [COURSE, EXTENDED].map((course) => wholeCourse('extended', course).counter);
  if (before === undefined || after === undefined) throw new Error('no counters');
  const counters = new LocalCounters(store, time);
  await counters.add(before, 7);
  expect(await counters.readAll(after)).toEqual({ count: 7, parts: {} });
  expect((await new LocalCounters(store, new Date('2027-03-01')).readAll(after)).count).toBe(7);
});

test('the table forgets counters by its time to live', async () => {
  const counters = new DynamoDbCounters({ client: table.client, name: table.name });
  const { counter } = requestsOf('forgotten', time);
  await counters.add(counter, 1);
  const key = { pk: { S: 'counter#forgotten' }, sk: { S: counter.name } };
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: key }));
  expect(Item?.expiresAt?.N).toBe(`${Date.parse('2026-11-26T00:00:00Z') / 1_000}`);
});
