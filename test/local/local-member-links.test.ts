import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalMemberLinks } from '@/lib/local/local-member-links';
import { LocalRecords } from '@/lib/local/local-records';
import { Store } from '@/lib/local/store';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { withoutRandomIds } from '@/test/support/random-ids';

const DAY_MS = 86_400_000;
const ALL = { of: 'requests', since: new Date(0), until: new Date(8.64e15), limit: 100 } as const;

const recordOf = (id: string, ago: number, over: Partial<ResidencyRecord> = {}): ResidencyRecord => ({
  event: 'residency',
  id,
  time: new Date(Date.now() - ago).toISOString(),
  tenant: 'sciences',
  retention: 'may-be-stored-inside',
  outcome: 'answered',
  ...over,
});

let store: Store;
beforeEach(() => {
  store = Store.open(mkdtempSync(path.join(tmpdir(), 'links-')));
});
afterEach(() => store.close());

const recordsFor = (days: number) => new LocalRecords(store, 'sciences', days);

const shown = async (records: LocalRecords) => (await records.page(ALL)).records.map(({ id, member }) => [id, member]);

function requested(records: LocalRecords, member: string, record: ResidencyRecord): void {
  records.link({ id: record.id, member, time: new Date(record.time) });
  records.add('requests', record);
}

test('a record in the store of serve names no member, and is shown with the one it is linked to', async () => {
  const records = recordsFor(30);
  requested(records, 'ada', recordOf('id-1', 0));
  expect(withoutRandomIds(store.get('SELECT record FROM record')?.record)).not.toContain('ada');
  expect(await shown(records)).toEqual([['id-1', 'ada']]);
});

test('an erasure deletes the links of one member’s requests, also those in records of an earlier version', async () => {
  const records = recordsFor(30);
  requested(records, 'ada', recordOf('id-1', 0));
  requested(records, 'eve', recordOf('id-2', 0));
  records.add('requests', recordOf('id-3', 0, { member: 'ada' }));
  records.add('acts', recordOf('id-4', 0, { member: 'ada', act: 'record.list' }));
  const links = new LocalMemberLinks(store, 'sciences', 30);
  expect(await links.count('ada')).toBe(2);
  expect((await links.page('ada')).links.map(({ id }) => id)).toEqual(['id-1', 'id-3']);
  expect(await links.erase('ada')).toEqual({ deleted: 2, isDone: true });
  expect(await links.count('ada')).toBe(0);
  expect(await shown(records)).toEqual([
    ['id-1', undefined],
    ['id-2', 'eve'],
    ['id-3', undefined],
  ]);
});

test('an export has no link whose period is over, also if nothing has deleted it yet', async () => {
  const records = recordsFor(7);
  requested(records, 'ada', recordOf('id-1', 8 * DAY_MS));
  requested(records, 'ada', recordOf('id-2', 6 * DAY_MS));
  const { links } = await new LocalMemberLinks(store, 'sciences', 7).page('ada');
  expect(links.map(({ id }) => id)).toEqual(['id-2']);
});

test('a link ends with its period, and the record stays', async () => {
  const records = recordsFor(7);
  requested(records, 'ada', recordOf('id-1', 8 * DAY_MS));
  requested(records, 'ada', recordOf('id-2', 6 * DAY_MS));
  records.add('requests', recordOf('id-3', 8 * DAY_MS, { member: 'ada' }));
  expect(await shown(records)).toEqual([
    ['id-1', undefined],
    ['id-2', 'ada'],
    ['id-3', undefined],
  ]);
});
