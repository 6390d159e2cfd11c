import type { Person } from '@/lib/runtime/rights/decisions/hand-over-people';
import { isAnnounced, isForUser } from '@/lib/runtime/rights/jobs/job';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { type RightsRules, rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { DAY_MS, exportsOf, HANDED, rightsOfPeople } from './support/people';
import { rolesOf } from './support/rights-process';

let local: LocalContent;
let members: Map<string, Membership>;
beforeEach(() => {
  local = new LocalContent();
  members = new Map();
});
afterEach(() => local.close());

/** The rights under a workspace's own rules. */
const rights = (rules?: RightsRules) => rightsOfPeople(local, members, rules);

const give = (member: string, by: string, role: 'admin' | 'member', at = local.time) =>
  members.set(member, { roles: { [role]: { at, isCurrent: true } }, givers: [by] });

const stored = () => local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });

async function get(user: string, at: string): Promise<[status: number, text: string]> {
  const response = await exportsOf(local, user, at);
  return [response.status, await response.text()];
}

async function handOver(rules?: RightsRules): Promise<string> {
  await stored();
  const { id } = await rights(rules).export('ada', 'first', HANDED);
  await rights(rules).runner.run(id);
  return id;
}

describe('a hand-over', () => {
  test('is released by a third independent person, after the delay and within 7 days', async () => {
    const id = await handOver();
    expect(await rights().find(id)).toMatchObject({ state: 'waiting', notBefore: local.time + 3 * DAY_MS });
    local.time += 3 * DAY_MS - 1;
    await rights().runner.run(id);
    await expect(rights().releaseExport(id, 'second')).rejects.toMatchObject({ reason: 'early' });
    expect((await get('heir', `/${id}`))[0]).toBe(404);
    local.time += 1;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'awaiting-release', notBefore: local.time + 7 * DAY_MS });
    await rights().releaseExport(id, 'second');
    await rights().runner.run(id);
    const [status, text] = await get('heir', `/${id}`);
    expect([status, text.includes('KENNWORT')]).toEqual([200, true]);
  });

  test('is shown to its user from the request on, and to no other member', async () => {
    const time = local.time;
    const id = await handOver();
    const [, text] = await get('ada', '');
    expect(JSON.parse(text).data).toMatchObject([
      {
        id,
        hand_over: {
          recipient: 'heir',
          requested_by: 'first',
          reason: 'case 9',
          release_from: (time + 3 * DAY_MS) / 1_000,
        },
      },
    ]);
    expect(JSON.parse((await get('heir', ''))[1]).data).toEqual([]);
  });

  test.each(['heir', 'irma', 'first'])('isn’t released while %s was added by one of the others', async (puppet) => {
    give(puppet, puppet === 'first' ? 'irma' : 'first', puppet === 'heir' ? 'member' : 'admin', local.time - 1);
    if (puppet === 'first') members.set('first', { roles: {}, givers: ['irma'] });
    const id = await handOver();
    local.time += 3 * DAY_MS;
    await expect(rights().releaseExport(id, 'irma')).rejects.toMatchObject({ reason: 'related' });
  });

  test('isn’t released by someone who became an administrator after the request, or is none any more', async () => {
    const id = await handOver();
    give('irma', 'boss', 'admin');
    members.set('otto', { roles: { admin: { at: 1, isCurrent: false } }, givers: [] });
    local.time += 3 * DAY_MS;
    for (const by of ['irma', 'otto']) {
      await expect(rights().releaseExport(id, by)).rejects.toMatchObject({ reason: 'late' });
    }
    await expect(rights().releaseExport(id, 'second')).resolves.toMatchObject({ step: 'hand-over' });
  });

  test('counts since when the pool has had users whose roles aren’t recorded', async () => {
    const id = await handOver();
    local.time += 3 * DAY_MS;
    const since = new Map([
      ['first', 1],
      ['second', local.time],
      ['third', 2],
      ['heir', 3],
    ]);
    const memberships = { of: async (member: string) => members.get(member) };
    const of = () => local.rights({ roles: { memberships, unrecorded: async ({ id }) => since.get(id) } });
    for (const by of ['second', 'unknown']) {
      await expect(of().releaseExport(id, by)).rejects.toMatchObject({ reason: 'late' });
    }
    await expect(of().releaseExport(id, 'third')).resolves.toMatchObject({ step: 'hand-over' });
  });

  test('isn’t requested for a recipient who is no member, whether they exist or not', async () => {
    members.set('otto', { roles: { member: { at: 1, isCurrent: false } }, givers: [] });
    const memberships = { of: async (member: string) => members.get(member) };
    const held = async ({ id, role }: Person) => (id === 'heir' && role === 'admin' ? 1 : undefined);
    for (const recipient of ['heir', 'eve', 'otto']) {
      const requested = local
        .rights({ roles: { memberships, unrecorded: held } })
        .export('ada', 'first', { recipient, reason: 'x' });
      await expect(requested).rejects.toMatchObject({ reason: 'late', message: expect.stringContaining("'member'") });
    }
    expect(await rights().list()).toEqual([]);
  });

  test('isn’t released to a recipient, or by an administrator, who has lost a role that isn’t recorded', async () => {
    const id = await handOver();
    local.time += 3 * DAY_MS;
    const memberships = { of: async () => undefined };
    for (const lost of ['first', 'second', 'heir']) {
      const unrecorded = async (person: Person) => (person.id === lost ? undefined : 0);
      const released = local.rights({ roles: { memberships, unrecorded } }).releaseExport(id, 'second');
      await expect(released).rejects.toMatchObject({ reason: 'late' });
    }
  });

  test('isn’t decided on by a function that can’t read who gave roles, or follows people without end', async () => {
    const id = await handOver();
    local.time += 3 * DAY_MS;
    await expect(local.rights({ roles: undefined }).releaseExport(id, 'second')).rejects.toThrow("can't read who gave");
    const of = async (member: string) => ({ roles: {}, givers: [`${member}x`.slice(-1_500)] });
    await expect(local.rights({ roles: rolesOf({ of }) }).releaseExport(id, 'second')).rejects.toMatchObject({
      reason: 'related',
    });
  });

  test('is confirmed by an operator where too few people are independent, after the delay too', async () => {
    for (const puppet of ['irma', 'heir']) give(puppet, 'first', 'admin');
    const id = await handOver();
    await expect(rights().confirmAsOperator(id)).rejects.toMatchObject({ reason: 'early' });
    local.time += 3 * DAY_MS;
    expect(await rights().confirmAsOperator(id)).toMatchObject({ figures: { releasedBy: 'operator:iam' } });
    await rights().runner.run(id);
    expect((await get('heir', `/${id}`))[0]).toBe(200);
  });

  test('isn’t confirmed by an operator for a recipient who is no member any more, or only since the request', async () => {
    const id = await handOver();
    local.time += 3 * DAY_MS;
    for (const [at, isCurrent] of [
      [1, false],
      [local.time, true],
    ] as const) {
      members.set('heir', { roles: { member: { at, isCurrent } }, givers: [] });
      await expect(rights().confirmAsOperator(id)).rejects.toMatchObject({ reason: 'late' });
    }
    members.delete('heir');
    await expect(rights().confirmAsOperator(id)).resolves.toMatchObject({ step: 'hand-over' });
  });

  test.each([
    ['the user, in the delay', 'ada', 0],
    ['another administrator, in the 7 days after it', 'second', 4 * DAY_MS],
  ])('is cancelled by %s, and its files are deleted', async (_, by, after) => {
    const id = await handOver();
    local.time += after;
    await rights().runner.run(id);
    const cancel = by === 'ada' ? rights().cancelOwn(id, by) : rights().cancel(id, by);
    expect(await cancel).toMatchObject({ state: 'called-off', figures: { calledOffBy: by } });
    await expect(rights().releaseExport(id, 'second')).rejects.toMatchObject({ reason: 'unreleasable' });
    await rights().runner.run(id);
    // They are deleted again, because another run of the step that wrote them may still write one.
    expect(await rights().find(id)).toMatchObject({ step: 'remove', notBefore: local.time + REQUEST_MS });
    expect(await local.objects()).toBe(0);
    expect((await get('ada', `/${id}`))[0]).toBe(410);
    expect((await get('heir', `/${id}`))[0]).toBe(404);
    expect((await rights().cancel(id, by))?.state).toBe('called-off');
    local.time += REQUEST_MS;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'called-off', step: 'done' });
  });

  test('that is cancelled while it is written is deleted once no step can write any more', async () => {
    await stored();
    const { id } = await rights().export('ada', 'first', HANDED);
    await rights().runner.advance(id);
    await rights().cancelOwn(id, 'ada');
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ step: 'remove', notBefore: local.time + REQUEST_MS });
    local.time += REQUEST_MS;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'called-off', step: 'done' });
  });

  test('concerns its user, and a job that applies a hold doesn’t', async () => {
    const id = await handOver();
    const { job } = await rights().placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
    const jobs = await rights().list();
    expect(jobs.filter((one) => isForUser(one, 'ada')).map((one) => one.id)).toEqual([id]);
    expect(await rights().cancelOwn(job.id, 'ada')).toBeUndefined();
    expect(jobs.filter(isAnnounced).map((one) => one.id)).toEqual([id]);
  });

  test('isn’t cancelled by other members, nor once it is released; an own export isn’t either', async () => {
    const id = await handOver();
    expect(await rights().cancelOwn(id, 'eve')).toBeUndefined();
    local.time += 3 * DAY_MS;
    await rights().releaseExport(id, 'second');
    await expect(rights().cancel(id, 'third')).rejects.toMatchObject({ reason: 'uncallable' });
    const own = await rights().export('ada', 'first');
    await expect(rights().cancel(own.id, 'third')).rejects.toMatchObject({ reason: 'uncallable' });
  });
});

describe('a hand-over of version 0.1.0', () => {
  /** A job as 0.1.0 stored it: without the time of its release. */
  async function earlier(change: object = {}): Promise<string> {
    const id = await handOver({ ...rulesOf({}), handOverMs: 0 });
    const jobs = new JobStore(local.contentTable());
    const job = await jobs.find(id);
    if (job === undefined) throw new Error('no job');
    const { releaseFrom: _, ...figures } = job.figures;
    await jobs.change(job, { step: 'unreleased', state: 'awaiting-release', figures, ...change });
    return id;
  }

  test('is shown to its user once it is delayed', async () => {
    const id = await earlier();
    const row = (await local.rows()).find(({ sk }) => sk?.S === `export#${id}`);
    const { recipient: _, reason: __, requestedBy: ___, releaseFrom: ____, ...before } = row ?? {};
    await local.restore('sciences', [{ ...before } as Row]);
    local.time += 6 * DAY_MS;
    await rights().delayEarlierHandOvers();
    await rights().runner.run(id);
    local.time += 4 * DAY_MS;
    await rights().runner.run(id);
    const releaseFrom = local.time - DAY_MS;
    expect(await rights().find(id)).toMatchObject({ state: 'awaiting-release' });
    expect(JSON.parse((await get('ada', ''))[1]).data).toMatchObject([
      {
        id,
        status: 'completed',
        expires_at: (releaseFrom + 7 * DAY_MS) / 1_000,
        hand_over: { recipient: 'heir', requested_by: 'first', reason: 'case 9', release_from: releaseFrom / 1_000 },
      },
    ]);
  });

  test('whose time is over stays over, because its objects may be partly deleted', async () => {
    const id = await earlier();
    local.time += 7 * DAY_MS;
    expect(await rights().delayEarlierHandOvers()).toEqual([]);
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'expired', step: 'done' });
  });

  test.each(['hand-over', 'manifest'])('is notified once if step %s has delayed it', async (step) => {
    const id = await earlier({ step, state: 'preparing', notBefore: undefined });
    await rights().runner.run(id);
    expect((await rights().delayEarlierHandOvers()).map((job) => job.id)).toEqual([id]);
    expect(await rights().delayEarlierHandOvers()).toEqual([]);
    expect(await rights().find(id)).toMatchObject({ step: 'delay', notBefore: local.time + 3 * DAY_MS });
  });

  test('isn’t delayed once its user is being erased', async () => {
    const id = await earlier();
    await rights().delayEarlierHandOvers();
    await rights().erase('ada', 'ada');
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'cancelled', step: 'done' });
  });

  test('is delayed once, from the update on, and released by no administrator, whose helpers may be from before', async () => {
    const id = await earlier();
    local.time += 6 * DAY_MS;
    await expect(rights().releaseExport(id, 'second')).rejects.toMatchObject({ reason: 'early' });
    expect((await rights().delayEarlierHandOvers()).map((job) => job.id)).toEqual([id]);
    expect(await rights().delayEarlierHandOvers()).toEqual([]);
    await rights().runner.run(id);
    local.time += 2 * DAY_MS;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'waiting', step: 'delay' });
    local.time += DAY_MS;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'awaiting-release', notBefore: local.time + 7 * DAY_MS });
    await expect(rights().releaseExport(id, 'second')).rejects.toMatchObject({ reason: 'late' });
    await rights().confirmAsOperator(id);
    await rights().runner.run(id);
    expect((await get('heir', `/${id}`))[0]).toBe(200);
  });

  test.each([
    ['released and not handed over', 'hand-over'],
    ['being written', 'manifest'],
  ])('that was %s is released by no administrator either', async (_, step) => {
    const id = await earlier({ step, state: 'preparing', notBefore: undefined });
    await rights().runner.run(id);
    local.time += 3 * DAY_MS;
    await rights().runner.run(id);
    await expect(rights().releaseExport(id, 'second')).rejects.toMatchObject({ reason: 'late' });
  });

  test('that was released and not handed over waits too, and needs another release', async () => {
    const id = await earlier({ step: 'hand-over', state: 'releasing', notBefore: undefined });
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'waiting', notBefore: local.time + 3 * DAY_MS });
    expect((await get('heir', `/${id}`))[0]).toBe(404);
  });
});

describe('an erasure that another person requests', () => {
  test('begins after 7 days, and the user is served until then', async () => {
    const openai = local.openai('ada');
    await stored();
    const job = await rights().erase('ada', 'root');
    expect(job).toMatchObject({ state: 'waiting', notBefore: local.time + 7 * DAY_MS });
    expect((await rights().erase('ada', 'other')).id).toBe(job.id);
    await rights().runner.run(job.id);
    await expect(openai.conversations.create({})).resolves.toBeDefined();
    local.time += 7 * DAY_MS;
    await rights().runner.run(job.id);
    expect((await rights().find(job.id))?.state).toBe('erased');
    await expect(openai.conversations.create({})).rejects.toMatchObject({ code: 'content_erased' });
  });

  test.each(['ada', 'second'])('is cancelled by %s, and can be requested again', async (by) => {
    const { id } = await rights().erase('ada', 'root');
    const cancelled = by === 'ada' ? await rights().cancelOwn(id, by) : await rights().cancel(id, by);
    expect(cancelled).toMatchObject({ state: 'called-off', step: 'done', figures: { calledOffBy: by } });
    local.time += 8 * DAY_MS;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'called-off' });
    expect((await rights().erase('ada', 'root')).id).not.toBe(id);
  });

  test('doesn’t begin while the user has a hold, which can be placed meanwhile', async () => {
    const { id } = await rights().erase('ada', 'root');
    const { hold } = await rights().placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
    local.time += 7 * DAY_MS;
    await rights().runner.run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'held', step: 'done' });
    await expect(rights().erase('ada', 'root')).rejects.toMatchObject({ reason: 'held' });
    await rights().releaseHold(hold.id, 'root');
    await expect(rights().erase('ada', 'root')).resolves.toMatchObject({ state: 'waiting' });
  });

  test('begins at once if the user requests it, even if another request waits', async () => {
    const { id } = await rights().erase('ada', 'root');
    expect(await rights().erase('ada', 'ada')).toMatchObject({ id, state: 'erasing', step: 'canary' });
    expect(await rights().erase('eve', 'eve')).toMatchObject({ state: 'erasing', step: 'canary' });
    await expect(rights().cancel(id, 'second')).rejects.toMatchObject({ reason: 'uncallable' });
  });

  /** Does something just before the nth transaction from now on. */
  function beforeTransaction(nth: number, work: () => Promise<unknown>): void {
    let transactions = 0;
    local.faults.choose((call) => {
      if (call !== 'dynamodb.TransactWriteItems' || ++transactions < nth) return undefined;
      return async (_, real) => {
        local.faults.none();
        await work();
        return real();
      };
    });
  }

  test('that is cancelled at the moment of the user’s own request doesn’t replace it', async () => {
    const { id } = await rights().erase('ada', 'root');
    beforeTransaction(2, () => rights().cancel(id, 'second'));
    const own = await rights().erase('ada', 'ada');
    expect([own.state, own.id === id]).toEqual(['erasing', false]);
    expect(await rights().find(id)).toMatchObject({ state: 'called-off' });
  });

  describe('where a second person confirms', () => {
    const RULES = rulesOf({ erasureOfOthers: 'second-person' });

    test('isn’t confirmed at the moment at which it is cancelled', async () => {
      const { id } = await rights(RULES).erase('ada', 'root');
      beforeTransaction(1, () => rights(RULES).cancel(id, 'third'));
      await expect(rights(RULES).confirmErasure(id, 'second')).rejects.toMatchObject({ reason: 'unconfirmable' });
    });

    test('waits for an independent administrator', async () => {
      give('irma', 'root', 'admin', 1);
      const { id, state } = await rights(RULES).erase('ada', 'root');
      expect(state).toBe('awaiting-confirmation');
      give('otto', 'boss', 'admin');
      for (const [by, reason] of [
        ['root', 'same'],
        ['irma', 'related'],
        ['otto', 'late'],
      ] as const) {
        await expect(rights(RULES).confirmErasure(id, by)).rejects.toMatchObject({ reason });
      }
      expect(await rights(RULES).confirmErasure(id, 'second')).toMatchObject({ state: 'erasing', step: 'canary' });
      expect((await rights(RULES).confirmErasure(id, 'second'))?.id).toBe(id);
      await rights(RULES).runner.run(id);
      expect((await rights(RULES).find(id))?.state).toBe('erased');
    });

    test('expires after 7 days, and leaves the user as they were', async () => {
      const { id } = await rights(RULES).erase('ada', 'root');
      local.time += 7 * DAY_MS;
      await expect(rights(RULES).confirmErasure(id, 'second')).rejects.toMatchObject({ reason: 'unconfirmable' });
      await rights(RULES).runner.run(id);
      expect(await rights(RULES).find(id)).toMatchObject({ state: 'expired', step: 'done' });
      expect((await rights(RULES).erase('ada', 'root')).id).not.toBe(id);
    });

    test('takes an operator’s confirmation, and none over a hold', async () => {
      const { id } = await rights(RULES).erase('ada', 'root');
      const { hold } = await rights(RULES).placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
      await expect(rights(RULES).confirmAsOperator(id)).rejects.toMatchObject({ reason: 'held' });
      await rights(RULES).releaseHold(hold.id, 'root');
      expect(await rights(RULES).confirmAsOperator(id)).toMatchObject({ state: 'erasing' });
    });
  });
});
