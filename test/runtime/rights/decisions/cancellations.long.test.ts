import { Deciding, failing, overtaken, refused } from '../support/deciding';

const HANDED = { recipient: 'heir', reason: 'case 9' };

let deciding: Deciding;
beforeEach(() => {
  deciding = new Deciding();
});
afterEach(() => deciding.close());

describe('a cancellation', () => {
  test.each([
    ['announce', true],
    ['usage', true],
    ['read', true],
    ['manifest', true],
    ['delay', false],
    ['unreleased', false],
  ])('of a hand-over at the step %s deletes it, once no step may still write: %p', async (step, waits) => {
    const job = await deciding.at(await deciding.rights().export('ada', 'root', HANDED), { step });
    const notBefore = waits ? deciding.local.time + 15 * 60_000 : undefined;
    const figures = { ...job.figures, calledOffBy: 'irma', calledOffAt: deciding.local.time };
    const expected = { state: 'called-off', step: 'remove', notBefore, figures };
    expect(await deciding.rights().cancel(job.id, 'irma')).toMatchObject(expected);
    // A repetition changes nothing.
    expect(await deciding.rights().cancel(job.id, 'other')).toMatchObject({ ...expected, version: job.version + 1 });
  });

  test.each(['hand-over', 'remove', 'done'])('of a hand-over at the step %s is too late', async (step) => {
    const { id } = await deciding.at(await deciding.rights().export('ada', 'root', HANDED), { step });
    await expect(deciding.rights().cancel(id, 'irma')).rejects.toEqual(refused('uncallable', "can't be cancelled now"));
  });

  test('of an export for its user is refused', async () => {
    const { id } = await deciding.rights().export('ada', 'root');
    await expect(deciding.rights().cancel(id, 'irma')).rejects.toEqual(refused('uncallable', "can't be cancelled now"));
  });

  test.each(['delay', 'second-person'] as const)('of an erasure that waits as %s permits another one', async (rule) => {
    const { id } = await deciding.rights(rule).erase('ada', 'root');
    const cancelled = { state: 'called-off', step: 'done', notBefore: undefined };
    expect(await deciding.rights().cancelOwn(id, 'ada')).toMatchObject(cancelled);
    const again = await deciding.rights(rule).erase('ada', 'root');
    expect([again.id === id, again.step]).toEqual([false, rule]);
  });

  test.each(['delay', 'announce'])('of another kind of job at a step named %s is refused', async (step) => {
    const { job } = await deciding.rights().placeHold({ user: 'ada', reason: 'x', by: 'root' });
    await deciding.at(job, { step, figures: { recipient: 'heir' } });
    await expect(deciding.rights().cancel(job.id, 'irma')).rejects.toEqual(
      refused('uncallable', "can't be cancelled now"),
    );
  });

  test('of an erasure that began is refused, as is that of nothing', async () => {
    const { id } = await deciding.rights().erase('ada', 'ada');
    await expect(deciding.rights().cancel(id, 'irma')).rejects.toEqual(refused('uncallable', 'look at its state'));
    expect(await deciding.rights().cancel(`erase_${'0'.repeat(44)}`, 'irma')).toBeUndefined();
    expect(await deciding.rights().cancelOwn(id, 'eve')).toBeUndefined();
    expect(await deciding.rights().cancelOwn(`erase_${'0'.repeat(44)}`, 'ada')).toBeUndefined();
  });

  test('is decided again if the job went on meanwhile, and a store that fails is an error', async () => {
    const { id } = await deciding.rights().erase('ada', 'root');
    overtaken(1);
    expect(await deciding.rights().cancel(id, 'irma')).toMatchObject({ state: 'called-off' });
    const other = await deciding.rights().erase('eve', 'root');
    failing();
    await expect(deciding.rights().cancel(other.id, 'irma')).rejects.toThrow('of the store');
    expect(await deciding.rights().find(other.id)).toMatchObject({ state: 'awaiting-confirmation' });
  });
});
