import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalCounters } from '@/lib/local/local-counters';
import { LocalMemberCounts } from '@/lib/local/local-member-counts';
import { Store } from '@/lib/local/store';
import type { Counters } from '@/lib/runtime/gateway/limits/counters';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import { monthOfMember, tokensOf, wholeCourse } from '@/lib/runtime/gateway/limits/windows';
import { DynamoDbMonths } from '@/lib/runtime/gateway/usage/dynamodb-months';
import { storedMonths } from '@/lib/runtime/gateway/usage/month';
import { DynamoDbMemberCounts, type MemberCounts } from '@/lib/runtime/rights/store/member-counts';
import { Backoff } from '@/lib/runtime/workspace/store/backoff';
import { LocalTable } from '@/test/support/local-table';
import { scripted } from '../support/scripted';

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

describe.each<[string, () => { counters: Counters; counts: (courses: readonly string[]) => MemberCounts }]>([
  [
    'DynamoDB',
    () => ({
      counters: new DynamoDbCounters({ client: table.client, name: table.name }),
      counts: (courses) =>
        new DynamoDbMemberCounts({ client: table.client, name: table.name }, 'arts', () => new Date(), courses),
    }),
  ],
  [
    'the store of serve',
    () => ({
      counters: new LocalCounters(store, new Date()),
      counts: (courses) => new LocalMemberCounts(store, 'arts', courses),
    }),
  ],
])('in %s', (_, open) => {
  test('what a member used of budgets is deleted, for more courses than one read may name', async () => {
    const { counters, counts } = open();
    const now = new Date();
    const courses = Array.from({ length: 250 }, (__, nth) => `course-${nth}`);
    const end = new Date(now.getTime() + DAY_MS);
    const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0));
    const of = (member: string) => [
      monthOfMember('arts', now, member).counter,
      monthOfMember('arts', lastMonth, member).counter,
      ...['course-0', 'course-249'].map((id) => wholeCourse('arts', { id, end }, member).counter),
    ];
    const total = wholeCourse('arts', { id: 'course-0', end }).counter;
    for (const counter of [...of('ada'), ...of('ben'), total]) await counters.add(counter, 10);
    await counts(courses).erase('ada');
    for (const counter of of('ada')) expect(await counters.read(counter)).toBe(0);
    for (const counter of [...of('ben'), total]) expect(await counters.read(counter)).toBe(10);
    // No name says whose it is.
    expect(of('ada').filter(({ name }) => name.includes('ada'))).toEqual([]);
  });
});

test('the months of a member are found by model and deleted, and what their group used stays', async () => {
  const now = new Date();
  const where = { client: table.client, name: table.name };
  const months = new DynamoDbMonths(where, 'letters');
  const used = { group: 'physics', model: 'fast', tokens: 7 };
  for (const month of storedMonths(now)) {
    for (const member of ['ada', 'eve']) {
      await months.addToGroup(month, await months.addToMember(month, { ...used, member }));
    }
  }
  const counts = new DynamoDbMemberCounts(where, 'letters', () => now);
  const expected = storedMonths(now).map((month) => ({ month, tokens: 7, models: { fast: 7 } }));
  expect(await counts.months('ada')).toEqual(expected);
  expect(await counts.days('ada')).toEqual([]);
  await counts.erase('ada');
  expect(await counts.months('ada')).toEqual([]);
  expect(await counts.months('eve')).toEqual(expected);
  expect(await months.groups(storedMonths(now)[0] ?? '')).toMatchObject([{ group: 'physics', members: 2 }]);
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

describe('counts that the table takes no more reads for', () => {
  const row = (day: string) => ({ pk: { S: 'x' }, sk: { S: `tokens#${day}#ada` }, count: { N: '7' } });
  const left = { UnprocessedKeys: { usage: { Keys: [{ pk: { S: 'x' }, sk: { S: 'y' } }] } } };
  afterEach(() => jest.restoreAllMocks());

  test('aren’t taken for none', async () => {
    jest.spyOn(Backoff.prototype, 'next').mockResolvedValue(false);
    const counts = new DynamoDbMemberCounts({ client: scripted({}).client, name: 'usage' }, 'sciences');
    expect(await counts.days('ada')).toEqual([]);
    const short = new DynamoDbMemberCounts({ client: scripted(left).client, name: 'usage' }, 'sciences');
    await expect(short.days('ada')).rejects.toThrow(
      '1 counts could not be read, since the table takes no more for now; try again',
    );
  });

  test('are read later, and listed from the newest day', async () => {
    jest.spyOn(Backoff.prototype, 'next').mockResolvedValue(true);
    const days = ['2026-11-23', '2026-11-25', '2026-11-24'];
    const { client } = scripted(left, { Responses: { usage: days.map(row) } });
    const counts = new DynamoDbMemberCounts({ client, name: 'usage' }, 'sciences');
    const newest = ['2026-11-25', '2026-11-24', '2026-11-23'];
    expect(await counts.days('ada')).toEqual(newest.map((day) => ({ day, tokens: 7 })));
  });
});
