import { Deciding, refused } from '../support/deciding';

let deciding: Deciding;
beforeEach(() => {
  deciding = new Deciding();
});
afterEach(() => deciding.close());

describe('the retention', () => {
  test.each([
    [undefined, 'until-deleted'],
    [30, '30d'],
  ])('of %p days is applied to all content once', async (retentionDays, period) => {
    const decisions = deciding.local.rights({ retentionDays });
    const job = await decisions.applyNewPeriod('root');
    expect(job).toMatchObject({
      kind: 'retain',
      user: '',
      by: 'root',
      step: 'sweep',
      state: 'applying',
      figures: { period },
    });
    expect(await decisions.applyNewPeriod('root')).toBeUndefined();
    expect(await deciding.local.rights({ retentionDays: 7 }).applyNewPeriod('root')).toMatchObject({
      figures: { period: '7d' },
    });
  });

  test('of one user begins with the tags of their objects, and isn’t that of all', async () => {
    const decisions = deciding.local.rights({ retentionDays: 30 });
    expect(await decisions.retain('ada', 'root')).toMatchObject({
      user: 'ada',
      step: 'tags',
      figures: { period: '30d' },
    });
    expect(await decisions.applyNewPeriod('root')).toMatchObject({ user: '' });
  });

  test('is applied at a hold and at its release, and a repeated release begins nothing', async () => {
    const { hold, job } = await deciding.rights().placeHold({ user: 'ada', reason: 'x', by: 'root' });
    expect(job).toMatchObject({ kind: 'retain', user: 'ada', by: 'root', step: 'tags' });
    const released = await deciding.rights().releaseHold(hold.id, 'irma');
    expect(released).toMatchObject({
      hold: { id: hold.id, releasedBy: 'irma' },
      job: { user: 'ada', by: 'irma', step: 'tags' },
    });
    expect(await deciding.rights().releaseHold(hold.id, 'other')).toEqual({ hold: released?.hold, job: undefined });
    expect(new Set((await deciding.rights().list()).map(({ by }) => by))).toEqual(new Set(['root', 'irma']));
    await deciding.rights().erase('ada', 'ada');
    const again = deciding.rights().placeHold({ user: 'ada', reason: 'x', by: 'root' });
    await expect(again).rejects.toEqual(refused('erased', 'is being erased, or has been erased'));
    await expect(deciding.rights().export('ada', 'root')).rejects.toEqual(refused('erased', 'is being erased'));
  });
});
