import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import { DynamoDbKeyStore } from '@/lib/runtime/gateway/keys/dynamodb-key-store';
import { toItem, toRecord } from '@/lib/runtime/gateway/keys/key-item';
import { KeyConflict, type KeyStore } from '@/lib/runtime/gateway/keys/key-registry';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { rotatedKey } from '@/lib/runtime/gateway/keys/rotate-key';
import { LocalTable } from '@/test/support/local-table';
import { isSameRecord, MemoryKeys } from '../support/memory-store';

const table = new LocalTable();
beforeAll(() => table.start());
afterAll(() => table.stop());

const created = new Date('2026-11-24T10:00:00Z');
const later = new Date('2026-11-24T11:00:00Z');
const made = (project: string, over = {}) => newKey({ kind: 'deployment', project, created, ...over });
const dynamodb = () => new DynamoDbKeyStore({ client: table.client, name: table.name });

describe.each<[string, () => KeyStore]>([
  ['in memory', () => new MemoryKeys()],
  ['in DynamoDB', dynamodb],
])('keys %s', (where, open) => {
  const project = `bot-${where.length}`;

  test('are found as they were added', async () => {
    const store = open();
    const budget = { tokensPerMonth: 1_000_000_000_000, usdPerMonth: 0.01 };
    for (const over of [{}, budget, { label: 'CI' }, { expires: later }, { label: 'CI', expires: later }]) {
      const { record } = made(project, over);
      await store.add(record);
      expect(isSameRecord(await store.find(record.id), record)).toBe(true);
    }
    expect(await store.find('eur_0000000000000000')).toBeUndefined();
  });

  test('have an id each', async () => {
    const store = open();
    const { record } = made(project);
    await store.add(record);
    await expect(store.add({ ...record, project: 'other' })).rejects.toThrow(KeyConflict);
    expect((await store.find(record.id))?.project).toBe(project);
  });

  test('are listed by project, oldest first', async () => {
    const store = open();
    const own = [3, 1, 2].map((hour) => made(`${project}-listed`, { created: new Date(Date.UTC(2026, 0, 1, hour)) }));
    for (const { record } of [...own, made(`${project}-other`)]) await store.add(record);
    const hours = (await store.list(`${project}-listed`)).map((record) => record.created.getUTCHours());
    expect(hours).toEqual([1, 2, 3]);
    expect(await store.list(`${project}-none`)).toEqual([]);
  });

  test('are rotated by only one of two concurrent calls', async () => {
    const store = open();
    const { record } = made(project);
    await store.add(record);
    const rotations = [1, 2].map(() => rotatedKey(record, { now: later, overlapMs: 60_000 }).record);
    const results = await Promise.allSettled(rotations.map((rotated) => store.replace(rotated, record)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = rotations[results.findIndex(({ status }) => status === 'fulfilled')];
    expect(winner && isSameRecord(await store.find(record.id), winner)).toBe(true);
  });

  test('are revoked once, and not rotated afterwards', async () => {
    const store = open();
    const { record } = made(project);
    await store.add(record);
    await expect(store.revoke(record.id, 'other', later)).rejects.toThrow(KeyConflict);
    await store.revoke(record.id, project, later);
    expect((await store.find(record.id))?.revoked).toEqual(later);
    await expect(store.revoke(record.id, project, created)).rejects.toThrow(KeyConflict);
    const { record: rotated } = rotatedKey(record, { now: later, overlapMs: 0 });
    await expect(store.replace(rotated, record)).rejects.toThrow(KeyConflict);
    await expect(store.revoke('eur_0000000000000000', project, later)).rejects.toThrow(KeyConflict);
  });
});

test('the table holds neither a key nor its secret, and forgets keys 90 days after their end', async () => {
  const store = dynamodb();
  const { key, record } = made('scanned', { expires: later });
  await store.add(record);
  const rotation = rotatedKey(record, { now: created, overlapMs: 60_000 });
  await store.replace(rotation.record, record);
  const Items: Record<string, AttributeValue>[] = [];
  // Other tests store more than one page.
  for await (const page of paginateScan({ client: table.client }, { TableName: table.name }))
    Items.push(...(page.Items ?? []));
  const text = JSON.stringify(Items);
  for (const whole of [key, rotation.key]) {
    expect(text).not.toContain(whole);
    expect(text).not.toContain(whole.split('.')[1]);
  }
  const item = Items.find(({ sk }) => sk?.S === record.id);
  expect(item?.expiresAt?.N).toBe(`${later.getTime() / 1_000 + 90 * 86_400}`);
});

test('a long list of keys is complete', async () => {
  const store = dynamodb();
  const label = 'x'.repeat(200);
  await Promise.all(Array.from({ length: 60 }, () => store.add(made('many', { label: label.repeat(100) }).record)));
  expect(await store.list('many')).toHaveLength(60);
});

test.each([
  ['no hash', { hash: undefined }],
  ['an end that is no date', { expires: { S: 'never' } }],
  ['an end of another type', { expires: { N: '1' } }],
  ['a budget that is no number', { tokensPerMonth: { S: 'many' } }],
  ['a budget of nothing', { usdPerMonth: { N: '0' } }],
])('an item with %s is refused', (_, over) => {
  const item = { ...toItem(made('odd').record), ...over };
  expect(() => toRecord(JSON.parse(JSON.stringify(item)))).toThrow(
    "an item in the table of keys doesn't have the form of a key",
  );
});
