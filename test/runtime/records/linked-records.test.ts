import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { CloudWatchRecords } from '@/lib/runtime/records/cloudwatch-records';
import { LinkedRecords } from '@/lib/runtime/records/linked-records';
import { DynamoDbRecordLinks } from '@/lib/runtime/records/record-links';
import { type RecordQuery, UnknownPage } from '@/lib/runtime/records/record-log';
import { RecordLinks } from '@/lib/runtime/workspace/record-links';
import { LinksTable } from './support/links-table';

const QUERY: RecordQuery = {
  of: 'requests',
  since: new Date('2026-11-27T06:00:00.000Z'),
  until: new Date('2026-11-27T09:00:00.000Z'),
  limit: 100,
};

const recordOf = (id: string, time: string, over: Partial<ResidencyRecord> = {}): ResidencyRecord => ({
  event: 'residency',
  id,
  time,
  tenant: 'sciences',
  retention: 'may-be-stored-inside',
  outcome: 'answered',
  ...over,
});

/** A log of records, and links of some of them to members; `ada` and `ada-2` differ only in their end. */
async function linked(
  linked: readonly (readonly [ResidencyRecord, string])[],
  others: readonly ResidencyRecord[] = [],
  now = QUERY.until,
) {
  const table = new LinksTable();
  const links = new RecordLinks(table, 30);
  for (const [{ id, time }, member] of linked) links.link({ id, time: new Date(time), member });
  await links.settled();
  const lines = [...others, ...linked.map(([record]) => record)];
  const asked: { filterPattern: string; startTime: number; endTime: number; nextToken?: string }[] = [];
  const log = { emptyPages: 0 };
  const send = async ({ input }: { input: (typeof asked)[number] }) => {
    asked.push(input);
    const nth = Number(input.nextToken ?? 0);
    if (Number.isNaN(nth)) throw Object.assign(new Error('x'), { name: 'InvalidParameterException' });
    const [, member] = /\$\.member = "([^"]*)"/.exec(input.filterPattern) ?? [];
    const ids = [...input.filterPattern.matchAll(/\$\.id = "([^"]*)"/g)].map(([, id]) => id);
    const found = lines.filter(
      (line) =>
        Date.parse(line.time) >= input.startTime &&
        Date.parse(line.time) <= input.endTime &&
        (member === undefined || line.member === member) &&
        (ids.length === 0 || ids.includes(line.id)),
    );
    if (ids.length > 0 && nth < log.emptyPages) return { events: [], nextToken: `${nth + 1}` };
    return { events: found.map((line) => ({ message: JSON.stringify(line) })) };
  };
  const groups = { requests: 'gateway', acts: 'administration', rights: 'rights' };
  const logs = new CloudWatchRecords({ send } as never, groups);
  return { asked, log, table, links, records: new LinkedRecords(logs, new DynamoDbRecordLinks(table, () => now)) };
}

const ONE = recordOf('id-1', '2026-11-27T06:59:59.999Z');
const TWO = recordOf('id-2', '2026-11-27T07:00:00.000Z');
const THREE = recordOf('id-3', '2026-11-27T07:00:30.000Z');
const FOUR = recordOf('id-4', '2026-11-27T08:30:00.000Z');

test('records are shown with the members who made the requests, across hours and pages of links', async () => {
  const { records } = await linked([
    [ONE, 'ada'],
    [TWO, 'eve'],
    [THREE, 'ada-2'],
    [recordOf('id-5', '2026-11-27T07:59:59.000Z'), 'eve'],
    [FOUR, 'ada'],
  ]);
  const page = await records.page(QUERY);
  expect(page.records.map(({ id, member }) => [id, member])).toEqual([
    ['id-1', 'ada'],
    ['id-2', 'eve'],
    ['id-3', 'ada-2'],
    ['id-5', 'eve'],
    ['id-4', 'ada'],
  ]);
});

test('a record without a link names no member, and one of an earlier version names its own', async () => {
  const { records } = await linked([[TWO, 'eve']], [ONE, { ...FOUR, member: 'old' }]);
  const page = await records.page(QUERY);
  expect(page.records.map(({ id, member }) => [id, member])).toEqual([
    ['id-1', undefined],
    ['id-4', 'old'],
    ['id-2', 'eve'],
  ]);
});

test('the records of a member are those that name the member, and then those of the links, page by page', async () => {
  const { records, asked } = await linked(
    [
      [ONE, 'ada'],
      [TWO, 'eve'],
      [THREE, 'ada'],
      [FOUR, 'ada'],
    ],
    [recordOf('id-0', '2026-11-27T06:00:00.000Z', { member: 'ada' })],
  );
  const query = { ...QUERY, member: 'ada', limit: 2 };
  const pages: string[][] = [];
  for (let after: string | undefined, nth = 0; nth < 5; nth++) {
    const page = await records.page({ ...query, ...(after !== undefined && { after }) });
    expect(page.records.map(({ member }) => member)).toEqual(page.records.map(() => 'ada'));
    pages.push(page.records.map(({ id }) => id));
    after = page.next;
    if (after === undefined) break;
    expect(after).toMatch(/^[\w-]{0,4096}$/);
  }
  expect(pages).toEqual([['id-0'], ['id-1', 'id-3'], ['id-4']]);
  expect(asked[1]).toMatchObject({
    filterPattern: '{ ($.event = "residency") && (($.id = "id-1") || ($.id = "id-3")) }',
    startTime: Date.parse(ONE.time),
    endTime: Date.parse(THREE.time) + 16 * 60_000,
  });
});

test('a link ends with its period, although DynamoDB deletes its row days later', async () => {
  const twoEnds = new Date(Date.parse(TWO.time) + 30 * 86_400_000);
  const { records, table } = await linked(
    [
      [TWO, 'ada'],
      [FOUR, 'ada'],
    ],
    [],
    twoEnds,
  );
  const page = await records.page(QUERY);
  expect(page.records.map(({ id, member }) => [id, member])).toEqual([
    ['id-2', undefined],
    ['id-4', 'ada'],
  ]);
  Object.assign(table, { page: 100 });
  expect((await records.page({ ...QUERY, member: 'ada' })).records.map(({ id }) => id)).toEqual(['id-4']);
});

test('links outside the requested times are left out, to the millisecond', async () => {
  const { records } = await linked([
    [TWO, 'ada'],
    [THREE, 'ada'],
  ]);
  const during = async (since: string, until: string) => {
    const page = await records.page({ ...QUERY, member: 'ada', since: new Date(since), until: new Date(until) });
    return page.records.map(({ id }) => id);
  };
  expect(await during(TWO.time, THREE.time)).toEqual(['id-2']);
  expect(await during('2026-11-27T07:00:00.001Z', '2026-11-27T07:00:30.001Z')).toEqual(['id-3']);
});

test('a pattern of CloudWatch has at most 1,024 characters, however many links a page has', async () => {
  const id = (nth: number) => `00000000-0000-4000-8000-${`${nth}`.padStart(12, '0')}`;
  const many = Array.from({ length: 40 }, (_, nth) => [recordOf(id(nth), TWO.time), 'ada'] as const);
  const { records, asked, table } = await linked(many);
  Object.assign(table, { page: 100 });
  const page = await records.page({ ...QUERY, member: 'ada' });
  expect(new Set(page.records.map((record) => record.id)).size).toBe(40);
  for (const { filterPattern } of asked) expect(filterPattern.length).toBeLessThanOrEqual(1_024);
});

test.each(['links-', 'links-AAAA', `links-${Buffer.from('rights#ada').toString('base64url')}`])(
  'the position %s is no page without a member, or of another form',
  async (after) => {
    const { records } = await linked([[TWO, 'ada']]);
    const member = after === 'links-' ? undefined : 'ada';
    await expect(records.page({ ...QUERY, after, ...(member && { member }) })).rejects.toThrow(UnknownPage);
  },
);

/** The IDs of the records of each page that the member `ada` is shown. */
async function pagesOf(records: LinkedRecords, query: RecordQuery): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | undefined, nth = 0; nth < 20; nth++) {
    const page = await records.page({ ...query, member: 'ada', ...(after !== undefined && { after }) });
    pages.push(page.records.map(({ id }) => id));
    after = page.next;
    if (after === undefined) return pages;
    expect(after).toMatch(/^[\w-]{0,4096}$/);
  }
  throw new Error('there are more pages than any of these queries has');
}

test('records of a month are searched around the times of their requests, in pages of a few calls', async () => {
  const nths = Array.from({ length: 40 }, (_, nth) => nth);
  const { records, asked, table } = await linked(
    nths.map((nth) => [recordOf(`id-${nth}`, new Date(Date.UTC(2026, 10, 1, 12 * nth)).toISOString()), 'ada']),
  );
  Object.assign(table, { page: 100 });
  const pages = await pagesOf(records, { ...QUERY, since: new Date('2026-11-01T00:00:00.000Z') });
  expect(pages.flat()).toEqual(nths.map((nth) => `id-${nth}`));
  expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(12);
  const spans = asked
    .filter(({ filterPattern }) => filterPattern.includes('$.id'))
    .map(({ startTime, endTime }) => endTime - startTime);
  expect(spans).toHaveLength(40);
  expect(Math.max(...spans)).toBeLessThanOrEqual(76 * 60_000);
});

test('a search that CloudWatch takes many calls for goes on with the next page, however long it takes', async () => {
  const { records, asked, log } = await linked([
    [TWO, 'ada'],
    [THREE, 'ada'],
  ]);
  log.emptyPages = 150;
  const pages = await pagesOf(records, QUERY);
  expect(pages.flat()).toEqual(['id-2', 'id-3']);
  expect(asked.filter(({ filterPattern }) => filterPattern.includes('$.id'))).toHaveLength(151);
});

test('such a search begins again if the links have changed, and a position of no search is refused', async () => {
  const { records, asked, log, links } = await linked([[THREE, 'ada']], [TWO]);
  log.emptyPages = 20;
  const query = { ...QUERY, member: 'ada' };
  const { next = '' } = await records.page(query);
  links.link({ id: TWO.id, time: new Date(TWO.time), member: 'ada' });
  await links.settled();
  log.emptyPages = 0;
  const begun = asked.length;
  expect((await records.page({ ...query, after: next })).records.map(({ id }) => id)).toEqual(['id-2', 'id-3']);
  expect(asked[begun]?.nextToken).toBeUndefined();
  log.emptyPages = 20;
  const text = Buffer.from(`${(await records.page(query)).next}`.slice('links-'.length), 'base64url').toString();
  const forged = Buffer.from(text.replace(/12$/, 'x')).toString('base64url');
  await expect(records.page({ ...query, after: `links-${forged}` })).rejects.toThrow(UnknownPage);
});

test.each([
  ['later', '2026-11-27T07:01:00.000Z', '2026-11-27T09:00:00.000Z'],
  ['earlier', '2026-11-27T06:00:00.000Z', '2026-11-27T06:59:00.000Z'],
])('a position in a page of links is none of a query for %s times', async (_, since, until) => {
  const { records } = await linked([
    [TWO, 'ada'],
    [THREE, 'ada'],
    [FOUR, 'ada'],
  ]);
  const query = { ...QUERY, member: 'ada', limit: 1 };
  const { next = '' } = await records.page(query);
  const other = { ...query, since: new Date(since), until: new Date(until), after: next };
  await expect(records.page(other)).rejects.toThrow(UnknownPage);
});

test('acts are shown as they were written', async () => {
  const { records, table } = await linked([], [{ ...ONE, member: 'root', act: 'record.list' }]);
  expect((await records.page({ ...QUERY, of: 'acts' })).records).toMatchObject([{ member: 'root' }]);
  expect(table.queries).toEqual([]);
});
