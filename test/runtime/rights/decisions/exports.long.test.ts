import type { Change, Job } from '@/lib/runtime/rights/jobs/job';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import { Deciding, failing, overtaken, refused } from '../support/deciding';

const DAY_MS = 86_400_000;
const HANDED = { recipient: 'heir', reason: 'case 9' };

let deciding: Deciding;
beforeEach(() => {
  deciding = new Deciding();
});
afterEach(() => deciding.close());

describe('a hand-over', () => {
  const stands = async (change: Change) => deciding.at(await deciding.rights().export('ada', 'root', HANDED), change);
  const given = (...givers: string[]): Membership => ({ roles: { member: { at: 1, isCurrent: true } }, givers });

  test('has the time from which it can be released, and an export for its user has none', async () => {
    const { figures } = await deciding.rights().export('ada', 'root', HANDED);
    expect(figures).toEqual({ ...HANDED, releaseFrom: deciding.local.time + 3 * DAY_MS });
    expect((await deciding.rights().export('ada', 'root')).figures).toEqual({});
  });

  test.each(['ada', 'root'])('to %s is refused', async (recipient) => {
    const asked = deciding.rights().export('ada', 'root', { ...HANDED, recipient });
    await expect(asked).rejects.toEqual(refused('same', 'neither the user nor the administrator'));
  });

  test('to someone who isn’t a member, or is only since, is refused', async () => {
    const member = (isCurrent: boolean, at: number): Membership => ({
      roles: { member: { at, isCurrent } },
      givers: [],
    });
    for (const role of [member(false, 1), member(true, deciding.local.time)]) {
      deciding.members.set('heir', role);
      const asked = deciding.rights().export('ada', 'root', HANDED);
      await expect(asked).rejects.toEqual(
        refused('late', "doesn't have the role 'member' of this workspace; give it to them"),
      );
    }
    deciding.members.clear();
    const { id } = await stands({ step: 'delay', figures: { ...HANDED, releaseFrom: deciding.local.time } });
    deciding.members.set('heir', member(true, deciding.local.time));
    const before = refused('late', 'cancel this hand-over, and request one for a member');
    await expect(deciding.rights().confirmAsOperator(id)).rejects.toEqual(before);
    const everyone = refused('late', 'everyone who takes part must have held their role before the request');
    await expect(deciding.rights().releaseExport(id, 'irma')).rejects.toEqual(everyone);
  });

  test('takes three independent people, unless an operator confirms', async () => {
    const { id } = await stands({
      step: 'unreleased',
      figures: { ...HANDED, releaseFrom: deciding.local.time },
      notBefore: deciding.local.time + 1,
    });
    await expect(deciding.rights().releaseExport(id, 'root')).rejects.toEqual(
      refused('same', 'this takes different people; ask another'),
    );
    deciding.members.set('heir', given('irma'));
    const related = refused('related', 'by the same person, directly or through others; ask another administrator');
    await expect(deciding.rights().releaseExport(id, 'irma')).rejects.toEqual(related);
    const released = await deciding.rights().confirmAsOperator(id);
    expect(released).toMatchObject({
      state: 'releasing',
      step: 'hand-over',
      notBefore: undefined,
      figures: { ...HANDED, releasedBy: 'operator:iam', releasedAt: deciding.local.time },
    });
    expect(await deciding.rights().confirmAsOperator(id)).toEqual(released);
    expect(await deciding.rights().releaseExport(`export_${'0'.repeat(44)}`, 'irma')).toBeUndefined();
  });

  test('of people whose roles go back further than can be followed isn’t released', async () => {
    const { id } = await stands({ step: 'delay', figures: { ...HANDED, releaseFrom: deciding.local.time } });
    deciding.members.set('heir', given('p0'));
    for (let nth = 0; nth < 1_000; nth++) deciding.members.set(`p${nth}`, given(`p${nth + 1}`));
    await expect(deciding.rights().releaseExport(id, 'irma')).rejects.toEqual(
      refused('related', 'must be independent'),
    );
  });

  test.each<[string, Change, string, string]>([
    ['at another step', { step: 'manifest' }, 'unreleasable', "isn't an export that waits for its release"],
    ['that was handed over', { step: 'remove' }, 'unreleasable', "isn't an export that waits for its release"],
    [
      'whose time is over',
      { step: 'unreleased', notBefore: Date.UTC(2026, 10, 27) },
      'unreleasable',
      'look at its state',
    ],
    ['whose delay runs', { step: 'delay', notBefore: 0 }, 'early', "until 'release_from'"],
    ['without a time yet', { step: 'delay', figures: HANDED }, 'early', "can't be released yet"],
    [
      'of version 0.1.0',
      { step: 'unreleased', figures: { ...HANDED, earlier: 1, releaseFrom: 0 } },
      'late',
      'version 0.1.0 accepted this request, and did not record who gave roles',
    ],
  ])('%s isn’t released', async (_, change, reason, message) => {
    const { id } = await stands(change);
    await expect(deciding.rights().releaseExport(id, 'irma')).rejects.toEqual(refused(reason, message));
  });

  test('that went on meanwhile isn’t released, and a store that fails is an error', async () => {
    const { id } = await stands({ step: 'delay', figures: { ...HANDED, releaseFrom: deciding.local.time } });
    failing();
    await expect(deciding.rights().releaseExport(id, 'irma')).rejects.toThrow('of the store');
    overtaken(1);
    const gone = refused('unreleasable', 'has been released or cancelled, or its time is over');
    await expect(deciding.rights().releaseExport(id, 'irma')).rejects.toEqual(gone);
  });

  test.each<[string, Change, string | undefined]>([
    ['whose recipient was given a role by the requester', {}, 'related'],
    ['of version 0.1.0', { figures: HANDED }, 'late'],
    ['that was released', { figures: { ...HANDED, releaseFrom: 1, releasedBy: 'irma' } }, undefined],
    ['that is being deleted', { step: 'remove' }, undefined],
    ['that is over', { step: 'done' }, undefined],
    ['without a recipient', { figures: { releaseFrom: 1 } }, undefined],
  ])('%s shows an operator why it can’t be released', async (_, change, obstacle) => {
    const job = await stands(change);
    deciding.members.set('heir', given('root'));
    expect(await deciding.rights().obstacle(job)).toBe(obstacle);
    expect(await deciding.local.rights({ roles: undefined }).obstacle(job)).toBeUndefined();
    deciding.members.set('heir', given('other'));
    if (obstacle === 'related') expect(await deciding.rights().obstacle(job)).toBeUndefined();
  });

  test('is decided on only where roles are known', async () => {
    const rights = deciding.local.rights({ roles: undefined });
    await expect(rights.export('ada', 'root', HANDED)).rejects.toThrow("this function can't read who gave roles");
    expect(await rights.export('ada', 'root')).toMatchObject({ kind: 'export' });
  });

  test.each<[string, Change, boolean, Partial<Job>]>([
    [
      'that waits for its release begins its delay',
      { step: 'unreleased' },
      true,
      { state: 'waiting', step: 'hand-over' },
    ],
    [
      'whose delay began is noticed',
      { step: 'delay', figures: { ...HANDED, earlier: 1, releaseFrom: 5 } },
      true,
      { step: 'delay' },
    ],
    ['whose time is over stays', { step: 'unreleased', notBefore: 1 }, false, {}],
    ['that is prepared stays', { step: 'read' }, false, {}],
    ['that was noticed stays', { step: 'unreleased', figures: { ...HANDED, noticed: 1 } }, false, {}],
    [
      'that waits after its delay stays',
      { step: 'unreleased', figures: { ...HANDED, earlier: 1, releaseFrom: 5 } },
      false,
      {},
    ],
    ['of this version stays', { step: 'unreleased', figures: { ...HANDED, releaseFrom: 5 } }, false, {}],
  ])('of version 0.1.0 %s', async (_, change, isChanged, expected) => {
    const job = await stands({ notBefore: deciding.local.time + DAY_MS, figures: HANDED, ...change });
    const changed = await deciding.rights().delayEarlierHandOvers();
    expect(changed.map(({ id }) => id)).toEqual(isChanged ? [job.id] : []);
    const noticed = { ...job, ...expected, version: job.version + 1, figures: { ...job.figures, noticed: 1 } };
    if (isChanged && change.step === 'unreleased') noticed.notBefore = undefined;
    expect(await deciding.rights().find(job.id)).toEqual(isChanged ? noticed : job);
    expect(await deciding.rights().delayEarlierHandOvers()).toEqual([]);
  });

  test('of version 0.1.0 that goes on meanwhile is left alone', async () => {
    await stands({ step: 'unreleased', notBefore: deciding.local.time + DAY_MS, figures: HANDED });
    overtaken(1);
    expect(await deciding.rights().delayEarlierHandOvers()).toEqual([]);
    jest.restoreAllMocks();
    failing();
    await expect(deciding.rights().delayEarlierHandOvers()).rejects.toThrow('of the store');
  });
});
