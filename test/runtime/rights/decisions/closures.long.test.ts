import type { Job } from '@/lib/runtime/rights/jobs/job';
import { Conflict } from '@/lib/runtime/workspace/store/table';
import { Deciding, failing, overtaken, refused } from '../support/deciding';

let deciding: Deciding;
beforeEach(() => {
  deciding = new Deciding();
});
afterEach(() => deciding.close());

describe('a closure', () => {
  test('keeps the days of its request, and is the same until it ends', async () => {
    const first = await deciding.rights().close('root', 7);
    expect(first).toMatchObject({
      kind: 'close',
      user: '',
      by: 'root',
      state: 'closing',
      step: 'users',
      figures: { days: 7 },
    });
    expect(await deciding.rights().close('irma', 30)).toEqual(first);
    expect(await deciding.rights().cancelClosure(first.id, 'irma')).toMatchObject({
      state: 'called-off',
      step: 'done',
      figures: { days: 7, calledOffBy: 'irma', calledOffAt: deciding.local.time },
    });
    const second = await deciding.rights().close('irma', 30);
    expect([second.id === first.id, second.figures]).toEqual([false, { days: 30 }]);
  });

  test('is one if two administrators request it at once, the first time and after an earlier one', async () => {
    for (let expected = 1; expected <= 2; expected++) {
      const [one, two] = await Promise.all(['root', 'irma'].map((by) => deciding.rights().close(by, 7)));
      expect(two).toEqual(one);
      expect(await deciding.rights().list()).toHaveLength(expected);
      await deciding.rights().cancelClosure(`${one?.id}`, 'root');
    }
  });

  test.each(['users', 'exports', 'fetched'])('is cancelled at the step %s', async (step) => {
    const { id } = await deciding.at(await deciding.rights().close('root', 7), { step });
    expect(await deciding.rights().cancel(id, 'irma')).toMatchObject({ state: 'called-off' });
  });

  test.each(['certificate', 'key', 'done'])('isn’t cancelled at the step %s', async (step) => {
    const { id } = await deciding.at(await deciding.rights().close('root', 7), { step });
    await expect(deciding.rights().cancel(id, 'irma')).rejects.toEqual(
      refused('uncallable', "isn't a closure that can be cancelled"),
    );
  });

  test('is the only kind of job that its route cancels', async () => {
    const { id } = await deciding.rights().erase('ada', 'root');
    await deciding.at({ id } as Job, { step: 'users' });
    await expect(deciding.rights().cancelClosure(id, 'irma')).rejects.toEqual(refused('uncallable', "isn't a closure"));
    expect(await deciding.rights().cancelClosure(`close_${'0'.repeat(44)}`, 'irma')).toBeUndefined();
  });

  test('whose cancellation is overtaken is decided again, and a store that fails is an error', async () => {
    const { id } = await deciding.rights().close('root', 7);
    failing();
    await expect(deciding.rights().cancelClosure(id, 'irma')).rejects.toThrow('of the store');
    overtaken(1);
    expect(await deciding.rights().cancelClosure(id, 'irma')).toMatchObject({ state: 'called-off' });
    overtaken(1);
    expect(await deciding.rights().close('irma', 7)).toMatchObject({ state: 'closing' });
  });

  test('that goes on meanwhile has what it waits for written again, five times at most', async () => {
    await deciding.rights().close('root', 7);
    const second = ['None', 'ConditionalCheckFailed'];
    overtaken(4, second);
    expect(await deciding.rights().erase('ada', 'ada')).toMatchObject({ state: 'erasing' });
    overtaken(5, second);
    await expect(deciding.rights().placeHold({ user: 'eve', reason: 'x', by: 'root' })).rejects.toThrow(Conflict);
    jest.restoreAllMocks();
    expect((await deciding.rights().holds({ limit: 10 })).holds).toEqual([]);
    expect(await deciding.rights().placeHold({ user: 'eve', reason: 'x', by: 'root' })).toMatchObject({
      hold: { user: 'eve' },
    });
  });

  test('that deletes its keys refuses what it would have to wait for, until it is over', async () => {
    const closure = await deciding.rights().close('root', 7);
    const before = await deciding.rights().find(closure.id);
    await deciding.rights().placeHold({ user: 'ada', reason: 'x', by: 'root' });
    expect((await deciding.rights().find(closure.id))?.version).toBe(Number(before?.version) + 1);
    await deciding.at(closure, { step: 'certificate' });
    const ending = refused('ending', 'the deletion of its keys has started');
    await expect(deciding.rights().placeHold({ user: 'eve', reason: 'x', by: 'root' })).rejects.toEqual(ending);
    await expect(deciding.rights().erase('eve', 'eve')).rejects.toEqual(ending);
    await deciding.at(closure, { step: 'done' });
    expect(await deciding.rights().erase('eve', 'eve')).toMatchObject({ state: 'erasing' });
  });
});
