import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { Deciding, failing, overtaken, refused } from '../support/deciding';

const DAY_MS = 86_400_000;

let deciding: Deciding;
beforeEach(() => {
  deciding = new Deciding();
});
afterEach(() => deciding.close());

describe('an erasure', () => {
  test.each([
    ['delay', 'waiting'],
    ['second-person', 'awaiting-confirmation'],
  ] as const)('of another person waits for a week as %s, and a repetition returns it', async (rule, state) => {
    const job = await deciding.rights(rule).erase('ada', 'root');
    expect(job).toMatchObject({ step: rule, state, notBefore: deciding.local.time + 7 * DAY_MS });
    expect(await deciding.rights(rule).erase('ada', 'irma')).toEqual(job);
    const own = await deciding.rights(rule).erase('ada', 'ada');
    expect(own).toMatchObject({ id: job.id, step: 'canary', state: 'erasing', figures: { confirmedBy: 'ada' } });
    expect(await deciding.rights(rule).erase('ada', 'root')).toMatchObject({ id: job.id, step: 'canary' });
  });

  test('of a user on hold is refused with that user’s holds alone', async () => {
    const { hold } = await deciding.rights().placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
    await deciding.rights().placeHold({ user: 'eve', reason: 'OTHER', by: 'root' });
    const message = `nothing is erased while it is on hold: ${hold.id} by root of 2026-11-27, case 7; release it first`;
    for (const by of ['ada', 'irma'])
      await expect(deciding.rights().erase('ada', by)).rejects.toMatchObject({ reason: 'held', message });
  });

  test('is confirmed by another administrator in time, once', async () => {
    const { id } = await deciding.rights().erase('ada', 'root');
    await expect(deciding.rights().confirmErasure(id, 'root')).rejects.toEqual(
      refused('same', 'this takes different people'),
    );
    const confirmed = await deciding.rights().confirmErasure(id, 'irma');
    expect(confirmed).toMatchObject({
      step: 'canary',
      state: 'erasing',
      notBefore: undefined,
      figures: { confirmedBy: 'irma', confirmedAt: deciding.local.time },
    });
    expect(await deciding.rights().confirmErasure(id, 'irma')).toEqual(confirmed);
    const late = refused('unconfirmable', "isn't an erasure that waits for a second person");
    await expect(deciding.rights().confirmErasure(id, 'other')).rejects.toEqual(late);
    expect(await deciding.rights().confirmErasure(`erase_${'0'.repeat(44)}`, 'irma')).toBeUndefined();
    const other = await deciding.rights().erase('eve', 'root');
    deciding.local.time += 7 * DAY_MS;
    await expect(deciding.rights().confirmErasure(other.id, 'irma')).rejects.toEqual(late);
    const delayed = await deciding.rights('delay').erase('bob', 'root');
    await expect(deciding.rights().confirmErasure(delayed.id, 'irma')).rejects.toEqual(late);
  });

  test('that was placed on hold meanwhile isn’t confirmed', async () => {
    const { id } = await deciding.rights().erase('ada', 'root');
    await deciding.rights().placeHold({ user: 'ada', reason: 'SECRET', by: 'root' });
    await deciding.rights().placeHold({ user: 'eve', reason: 'OTHER', by: 'root' });
    const held = refused('held', 'by root of 2026-11-27, SECRET; release it first');
    await expect(deciding.rights().confirmErasure(id, 'irma')).rejects.toEqual(held);
    await expect(deciding.rights().confirmErasure(id, 'irma')).rejects.not.toThrow('OTHER');
    const toOperator = refused('held', "'eu-residency rights holds' shows it");
    await expect(deciding.rights().confirmAsOperator(id)).rejects.toEqual(toOperator);
    await expect(deciding.rights().confirmAsOperator(id)).rejects.not.toThrow('SECRET');
    expect(await deciding.rights().find(id)).toMatchObject({ state: 'awaiting-confirmation' });
  });

  test.each(['called-off', 'expired', 'held'])(
    'that ended as %s meanwhile isn’t confirmed, and can be requested again',
    async (state) => {
      const job = await deciding.rights().erase('ada', 'root');
      const end = async () => {
        jest.restoreAllMocks();
        if (state === 'called-off') await deciding.rights().cancel(job.id, 'other');
        else {
          await deciding.rights().cancel(job.id, 'other');
          await deciding.at(job, { state });
        }
      };
      overtaken(1, undefined, end);
      const late = refused('unconfirmable', "isn't an erasure that waits");
      await expect(deciding.rights().confirmErasure(job.id, 'irma')).rejects.toEqual(late);
      expect(await deciding.rights().erase('ada', 'irma')).toMatchObject({ step: 'second-person', by: 'irma' });
    },
  );

  test('that another person began meanwhile is the same, and a store that fails is an error', async () => {
    const job = await deciding.rights().erase('ada', 'root');
    failing();
    await expect(deciding.rights().confirmErasure(job.id, 'irma')).rejects.toThrow('of the store');
    overtaken(1, undefined, async () => {
      jest.restoreAllMocks();
      await deciding.rights().erase('ada', 'ada');
    });
    expect(await deciding.rights().confirmErasure(job.id, 'irma')).toMatchObject({
      step: 'canary',
      figures: { confirmedBy: 'ada' },
    });
    failing();
    await expect(deciding.rights().erase('eve', 'root')).rejects.toThrow('of the store');
  });

  test('whose job isn’t found again isn’t begun', async () => {
    const { id } = await deciding.rights().erase('ada', 'root');
    const rights = deciding.rights();
    overtaken(1, undefined, async () => {
      jest.spyOn(JobStore.prototype, 'find').mockResolvedValueOnce(undefined);
    });
    await expect(rights.confirmErasure(id, 'irma')).rejects.toMatchObject({ reason: 'held' });
    expect(await rights.find(id)).toMatchObject({ state: 'awaiting-confirmation' });
  });

  test('is readmitted some minutes after it was certified, not before', async () => {
    await expect(deciding.rights().readmit('ada', 'root')).rejects.toEqual(
      refused('present', 'they need no readmission'),
    );
    const erasure = await deciding.rights().erase('ada', 'ada');
    await expect(deciding.rights().readmit('ada', 'root')).rejects.toEqual(
      refused('uncertified', 'once their erasure is certified'),
    );
    await deciding.at(erasure, { step: 'done', state: 'certified', figures: { refusedAt: 5 } });
    const job = await deciding.rights().readmit('ada', 'root');
    expect(job).toMatchObject({
      kind: 'readmit',
      user: 'ada',
      by: 'root',
      step: 'readmit',
      state: 'readmitting',
      notBefore: 5 + 15 * 60_000,
      figures: { erasure: erasure.id },
    });
    expect(await deciding.rights().find(job.id)).toEqual({ ...job, canary: undefined, cursor: undefined });
  });
});
