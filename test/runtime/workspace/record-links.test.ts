import { readLink } from '@/lib/contract/record-links';
import { RecordLinks } from '@/lib/runtime/workspace/record-links';
import { LinksTable } from '@/test/runtime/records/support/links-table';

const REQUEST = { id: 'id-1', time: new Date('2026-11-27T08:04:30.123Z'), member: 'ada' };

test('a link is a row of its member that expires, and whose key has neither the record nor its exact time', async () => {
  const table = new LinksTable();
  const links = new RecordLinks(table, 7);
  links.link(REQUEST);
  await links.settled();
  expect(table.rows).toEqual([
    {
      pk: { S: 'user#ada' },
      sk: { S: expect.stringMatching(/^2026-11-27T08:04#[0-9a-f-]{36}$/) },
      hour: { S: '2026-11-27T08' },
      at: { S: '2026-11-27T08:04:30.123Z#id-1' },
      expiresAt: { N: `${Date.UTC(2026, 11, 4, 8, 4, 30) / 1_000}` },
    },
  ]);
  expect(readLink(table.rows[0]?.at?.S)).toEqual({ id: 'id-1', time: '2026-11-27T08:04:30.123Z' });
});

test('a link that can’t be written is written with the next one, under its own key', async () => {
  const table = new LinksTable();
  const links = new RecordLinks(table, 30);
  table.failures = 1;
  links.link(REQUEST);
  await links.settled();
  expect(table.rows).toEqual([]);
  links.link({ ...REQUEST, id: 'id-2' });
  await links.settled();
  expect(table.rows.map(({ at }) => readLink(at?.S).id)).toEqual(['id-1', 'id-2']);
  expect(new Set(table.rows.map(({ sk }) => sk?.S)).size).toBe(2);
});

test('while the table fails, a process remembers a bounded number of links', async () => {
  const table = new LinksTable();
  const links = new RecordLinks(table, 30);
  table.failures = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < 1_001; nth++) links.link(REQUEST);
  await links.settled();
  table.failures = 0;
  links.link(REQUEST);
  await links.settled();
  expect(table.rows).toHaveLength(1_001);
});

test('a link that couldn’t be written for minutes is dropped, because its member may have been erased since', async () => {
  const table = new LinksTable();
  let time = Date.UTC(2026, 10, 27, 9);
  const links = new RecordLinks(table, 30, () => new Date(time));
  const again = async (id: string) => {
    links.link({ ...REQUEST, id });
    await links.settled();
  };
  table.failures = 2;
  await again('id-1');
  time += 4 * 60_000;
  await again('id-2');
  time += 60_000;
  await again('id-3');
  expect(table.rows.map(({ at }) => readLink(at?.S).id)).toEqual(['id-2', 'id-3']);
});

test.each([undefined, '', 'id-1', '2026-11-27#id', '2026-11-27T08:04:30.123Z#a b'])('%p is no link', (text) => {
  expect(() => readLink(text)).toThrow('has another form');
});
