import { Holds, isHoldId, type NewHold } from '@/lib/runtime/rights/store/holds';
import { Conflict } from '@/lib/runtime/workspace/store/table';
import { LocalContent } from '../../workspace/conversations/support/local-content';

let local: LocalContent;
let holds: Holds;
beforeEach(() => {
  local = new LocalContent();
  holds = new Holds(local.contentTable(), () => new Date(local.time));
});
afterEach(() => local.close());

const HOLD: NewHold = { user: 'ada', reason: 'case 7', by: 'root' };
/** A write of the same transaction. */
const also = (name = 'x') => ({ Put: { TableName: undefined, Item: { pk: { S: 'rights' }, sk: { S: name } } } });

test('holds are listed by the time at which they were placed, with all that is known of them', async () => {
  const row = (id: string, at: number) => ({
    pk: { S: 'rights' },
    sk: { S: `hold#hold_${id}` },
    user: { S: 'ada' },
    reason: { S: 'case 7' },
    by: { S: 'root' },
    at: { N: `${at}` },
  });
  const released = { releasedBy: { S: 'irma' }, releasedAt: { N: '9' }, conversation: { S: 'conv_1' } };
  await local.restore('sciences', [row('a', 3), row('b', 1), { ...row('c', 2), ...released }]);
  const known = { user: 'ada', reason: 'case 7', by: 'root' };
  expect(await holds.page({ limit: 10 })).toEqual({
    holds: [
      { ...known, id: 'hold_b', at: 1 },
      { ...known, id: 'hold_c', at: 2, releasedBy: 'irma', releasedAt: 9, conversation: 'conv_1' },
      { ...known, id: 'hold_a', at: 3 },
    ],
    next: undefined,
  });
  expect((await holds.active()).map(({ id }) => id)).toEqual(['hold_a', 'hold_b']);
  expect((await holds.page({ limit: 2 })).next).toBe('hold_b');
});

test('a hold is at its user, who has as many as were placed and not released', async () => {
  const one = await holds.place({ ...HOLD, conversation: 'conv_1' }, [also()]);
  const two = await holds.place(HOLD, []);
  expect(isHoldId(`${one?.id}`)).toBe(true);
  const ofUser = async () => (await local.backup('sciences')).filter(({ pk }) => pk?.S === 'rights#ada');
  const standing = (count: number) => ({ pk: { S: 'rights#ada' }, sk: { S: 'standing' }, holds: { N: `${count}` } });
  const at = { createdAt: { N: `${local.time}` } };
  const rowOf = (id = '') => ({ pk: { S: 'rights#ada' }, sk: { S: `hold#${id}` }, ...at });
  const expected = [{ ...rowOf(one?.id), conversation: { S: 'conv_1' } }, rowOf(two?.id), standing(2)];
  expect(new Set(await ofUser())).toEqual(new Set(expected));
  local.time += 1;
  const now = { releasedBy: 'irma', releasedAt: local.time };
  expect(await holds.release(`${one?.id}`, 'irma', () => also('y'))).toEqual({ ...one, ...now });
  expect(new Set(await ofUser())).toEqual(new Set([rowOf(two?.id), standing(1)]));
  const written = (await local.backup('sciences')).map(({ sk }) => sk?.S);
  expect(written).toEqual(expect.arrayContaining(['x', 'y']));
});

test('no hold is placed on a user who is being erased, and other failures aren’t taken for that', async () => {
  await local.restore('sciences', [{ pk: { S: 'rights#ada' }, sk: { S: 'standing' }, erasing: { S: 'x' } }]);
  expect(await holds.place(HOLD, [])).toBeUndefined();
  const failing = { ...also(), Put: { ...also().Put, ConditionExpression: 'attribute_exists(pk)' } };
  await expect(holds.place({ ...HOLD, user: 'eve' }, [failing])).rejects.toThrow(Conflict);
  expect(await holds.active()).toEqual([]);
});

test('a hold that another person released first stays as they released it', async () => {
  const hold = await holds.place(HOLD, []);
  const id = `${hold?.id}`;
  const first = await holds.release(id, 'irma', () => also());
  expect(await holds.release(id, 'root', () => also('never'))).toEqual(first);
  // Both read the hold before either released it.
  const second = await holds.place(HOLD, []);
  const race = await holds.release(`${second?.id}`, 'root', () => {
    throw new Conflict([]);
  });
  expect(race).toEqual(second);
  expect(await holds.release('hold_none', 'root', () => also())).toBeUndefined();
  await expect(
    holds.release(`${second?.id}`, 'root', () => {
      throw new Error('another');
    }),
  ).rejects.toThrow('another');
});

test.each([
  [`hold_${'0'.repeat(32)}`, true],
  [`hold_${'0'.repeat(31)}`, false],
  [`hold_${'0'.repeat(33)}`, false],
  [`xhold_${'0'.repeat(32)}`, false],
  [`hold_${'G'.repeat(32)}`, false],
])('whether %s is the id of a hold: %p', (id, expected) => {
  expect(isHoldId(id)).toBe(expected);
});
