import { ChainTooLong, readHistory } from '@/lib/runtime/rights/decisions/role-history';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';

/** Sources with some records, and what was asked of them. */
function sources(records: Readonly<Record<string, Membership>>, since?: number) {
  const asked: unknown[] = [];
  const read: string[] = [];
  return {
    asked,
    read,
    roles: {
      memberships: {
        of: async (id: string) => {
          read.push(id);
          return records[id];
        },
      },
      unrecorded: async (person: object) => {
        asked.push(person);
        return since;
      },
    },
  };
}

const admin = (id: string) => ({ id, role: 'admin' }) as const;

test('a recorded role counts from its record while it is held, and only another is asked for', async () => {
  const { asked, read, roles } = sources(
    {
      irma: { roles: { admin: { at: 5, isCurrent: true } }, givers: ['root', 'boss'] },
      root: { roles: { admin: { at: 3, isCurrent: false } }, givers: [] },
      heir: { roles: { admin: { at: 1, isCurrent: true } }, givers: [] },
    },
    7,
  );
  const people = [admin('irma'), admin('root'), admin('other'), { id: 'heir', role: 'member' } as const];
  const history = await readHistory(roles, people);
  expect(people.map((person) => history.since(person))).toEqual([5, undefined, 7, 7]);
  expect(read).toEqual(['irma', 'root', 'other', 'heir', 'boss']);
  expect(asked).toEqual([admin('other'), { id: 'heir', role: 'member' }]);
  expect(['irma', 'other', 'boss', 'stranger'].map((id) => history.givers(id))).toEqual([['root', 'boss'], [], [], []]);
});

test('a thousand records are read, and no more', async () => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, nth) => [`p${nth}`, { roles: {}, givers: nth + 1 < length ? [`p${nth + 1}`] : [] }]),
    );
  const { givers } = await readHistory(sources(chain(1_000), 1).roles, [admin('p0')]);
  expect(givers('p998')).toEqual(['p999']);
  await expect(readHistory(sources(chain(1_001), 1).roles, [admin('p0')])).rejects.toThrow(ChainTooLong);
});
