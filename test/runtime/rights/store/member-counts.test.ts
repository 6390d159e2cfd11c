import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalCounters } from '@/lib/local/local-counters';
import { LocalMemberCounts } from '@/lib/local/local-member-counts';
import { Store } from '@/lib/local/store';
import type { Counters } from '@/lib/runtime/gateway/limits/counters';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import { tokensOf } from '@/lib/runtime/gateway/limits/windows';
import { DynamoDbMemberCounts, type MemberCounts } from '@/lib/runtime/rights/store/member-counts';
import { LocalTable } from '@/test/support/local-table';

const DAY_MS = 86_400_000;
const table = new LocalTable();
const store = Store.open(mkdtempSync(path.join(tmpdir(), 'counts-')));
beforeAll(() => table.start());
afterAll(async () => {
  store.close();
  await table.stop();
});

describe.each<[string, () => { counters: Counters; counts: (workspace: string) => MemberCounts }]>([
  [
    'in DynamoDB',
    () => ({
      counters: new DynamoDbCounters({ client: table.client, name: table.name }),
      counts: (workspace) => new DynamoDbMemberCounts({ client: table.client, name: table.name }, workspace),
    }),
  ],
  [
    'records in the store of serve',
    () => ({
      counters: new LocalCounters(store, new Date()),
      counts: (workspace) => new LocalMemberCounts(store, workspace),
    }),
  ],
])('the counts of a member %s', (_, open) => {
  test('are found and deleted, from today to the oldest; the counts of others and of the workspace stay', async () => {
    const { counters, counts } = open();
    const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
    const used = async (workspace: string, member: string | undefined, days: number) => {
      const { counter } = tokensOf(workspace, ago(days), member);
      await counters.add(counter, 10);
      return counter;
    };
    // The oldest may exist until the table deletes it.
    for (const days of [0, 1, 40, 92, 98]) await used('sciences', 'ada', days);
    const kept = [
      await used('sciences', 'ada2', 0),
      await used('sciences', 'a_a', 0),
      await used('sciences', undefined, 0),
      await used('office', 'ada', 0),
    ];
    const expected = [0, 1, 40, 92, 98].map((days) => ({ day: ago(days).toISOString().slice(0, 10), tokens: 10 }));
    expect(await counts('sciences').days('ada')).toEqual(expected);
    expect(await counts('sciences').erase('ada')).toBe(5);
    expect([await counts('sciences').days('ada'), await counts('sciences').erase('ada')]).toEqual([[], 0]);
    for (const counter of kept) expect(await counters.read(counter)).toBe(10);
  });
});

test('keys that the table left unprocessed are requested again', async () => {
  const asked: number[] = [];
  const row = { pk: { S: 'counter#sciences' }, sk: { S: 'tokens#2026-11-24#ada' }, count: { N: '7' } };
  const client = {
    send: async (command: { input: { RequestItems?: Record<string, { Keys: object[] }> } }) => {
      const { Keys = [] } = command.input.RequestItems?.usage ?? {};
      asked.push(Keys.length);
      return asked.length === 1
        ? { Responses: { usage: [] }, UnprocessedKeys: { usage: { Keys: Keys.slice(0, 2) } } }
        : { Responses: { usage: [row] } };
    },
  };
  expect(
    await new DynamoDbMemberCounts({ client: client as never, name: 'usage' }, 'sciences').days('ada'),
  ).toHaveLength(1);
  expect(asked).toEqual([99, 2]);
});
