import type { AttackTable, Scenario } from '../attack';
import { addMember, decideBy, type Puppet } from '../puppets';
import type { Seen, Target } from '../target';
import { SECRET } from '../words';

const RIGHTS = '/admin/v1/rights';
const DAY_MS = 86_400_000;
const ADMIN: Puppet = { id: 'admin', roles: ['admin', 'member'] };

/** A hand-over that one of the people requests for another of them. */
interface HandOver {
  readonly id: string;
  readonly recipient: Puppet;
}

/** Everyone requests a hand-over for everyone else; after the delay, everyone releases all, and each recipient opens theirs. */
async function attempts(
  target: Target,
  requesters: readonly Puppet[],
  others: readonly Puppet[],
  late: () => Promise<readonly Puppet[]>,
) {
  const jobs: HandOver[] = [];
  for (const requester of requesters) {
    for (const recipient of others.filter(({ id }) => id !== requester.id)) {
      const { status, body } = await decideBy(target, requester, 'POST', `${RIGHTS}/exports`, {
        user: 'member',
        recipient: recipient.id,
        reason: 'x',
      });
      if (status === 202) jobs.push({ id: JSON.parse(body).id, recipient });
    }
  }
  if (jobs.length === 0) return ['no hand-over could be requested, so none was attacked'];
  await target.settle();
  const releasers = [...new Map([...requesters, ...others, ...(await late())].map((one) => [one.id, one])).values()];
  const wrong = await released(target, jobs, releasers.slice(-1), 'before the delay');
  await target.advance(4 * DAY_MS);
  return [...wrong, ...(await released(target, jobs, releasers, 'after the delay'))];
}

async function released(
  target: Target,
  jobs: readonly HandOver[],
  releasers: readonly Puppet[],
  when: string,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, recipient } of jobs) {
    for (const by of releasers) {
      const { status } = await decideBy(target, by, 'POST', `${RIGHTS}/exports/${id}/release`);
      if (status < 400) wrong.push(`${by.id} released it to ${recipient.id} ${when}`);
    }
  }
  await target.settle();
  for (const { id, recipient } of jobs) {
    const opened = await decideBy(target, recipient, 'GET', `/v1/exports/${id}`);
    if (opened.status < 400 || opened.body.includes(SECRET)) wrong.push(`${recipient.id} read it ${when}`);
  }
  return wrong;
}

/** Puppets that an administrator adds: in a chain, each by the one before. */
async function puppets(target: Target, name: string, count: number, isChain: boolean): Promise<Puppet[]> {
  const added: Puppet[] = [];
  for (let nth = 1; nth <= count; nth++) {
    const by = isChain ? (added.at(-1) ?? ADMIN) : ADMIN;
    added.push(await addMember(target, by, `${name}-${nth}`));
  }
  return added;
}

const scenarios: Scenario[] = [1, 2, 3, 4].flatMap((count) =>
  [true, false].flatMap((isChain): Scenario[] => {
    const shape = `${count} puppets ${isChain ? 'in a chain' : 'of one administrator'}`;
    const name = `${isChain ? 'chain' : 'star'}${count}`;
    return [
      {
        name: `${shape}, added before the request, in every part`,
        run: async (_, target) => {
          const added = await puppets(target, name, count, isChain);
          await target.advance(1_000);
          const people = [ADMIN, ...added];
          // With more puppets, the first and the last of them request: each further request is an export.
          const requesters = count < 3 ? people : [ADMIN, ...added.slice(-1)];
          return attempts(target, requesters, people, async () => []);
        },
      },
      {
        name: `${shape}, added after the request, as releasers`,
        run: async (_, target) => {
          const [first] = await puppets(target, `${name}-first`, 1, true);
          await target.advance(1_000);
          return attempts(target, [ADMIN], [first as Puppet], () => puppets(target, `${name}-late`, count, isChain));
        },
      },
    ];
  }),
);

const OTHERS: readonly Scenario[] = [
  {
    name: 'a member who is made an administrator, as the releaser',
    run: async (_, target) => {
      await decideBy(target, ADMIN, 'POST', '/admin/v1/members/otherMember/roles', { roles: ['member', 'admin'] });
      const promoted: Puppet = { id: 'otherMember', roles: ['member', 'admin'] };
      await target.advance(1_000);
      const [recipient] = await puppets(target, 'promoted', 1, true);
      return attempts(target, [ADMIN], [promoted, recipient as Puppet], async () => []);
    },
  },
  {
    name: 'a puppet that is removed and added again',
    run: async (_, target) => {
      const [first, second] = await puppets(target, 'again', 2, false);
      await decideBy(target, ADMIN, 'DELETE', `/admin/v1/members/${first?.id}`);
      const again = await addMember(target, second as Puppet, 'again-1');
      await target.advance(1_000);
      return attempts(target, [ADMIN], [second as Puppet, again], async () => []);
    },
  },
  {
    name: 'the requester as recipient and releaser',
    run: async (_, target) => {
      const request = { user: 'member', recipient: 'admin', reason: 'x' };
      const { status } = await decideBy(target, ADMIN, 'POST', `${RIGHTS}/exports`, request);
      return status < 400 ? ['the requester could be the recipient'] : [];
    },
  },
  {
    name: 'an export of another person, opened without a hand-over',
    run: async ({ ids }, target) => {
      const people: Puppet[] = [
        ADMIN,
        { id: 'otherMember', roles: ['member'] },
        { id: 'auditor', roles: ['auditor', 'member'] },
      ];
      const opened: Seen[] = [];
      for (const person of people) opened.push(await decideBy(target, person, 'GET', `/v1/exports/${ids.export}`));
      return opened
        .filter(({ status, body }) => status < 400 || body.includes(SECRET))
        .map(({ status }) => `it was opened: ${status}`);
    },
  },
  {
    name: 'a token that claims more roles than the person has, as the releaser',
    run: async (_, target) => {
      const claimed: Puppet = { id: 'auditor', roles: ['admin', 'member', 'auditor'] };
      const [recipient] = await puppets(target, 'claimed', 1, true);
      await target.advance(1_000);
      return attempts(target, [ADMIN], [recipient as Puppet], async () => [claimed]);
    },
  },
];

/** Without it, the other rows would pass where no hand-over is ever released. `serve` has no second independent administrator. */
const control: Scenario = {
  name: 'control: three independent people hand over after the delay',
  on: 'bundles',
  run: async (_, target) => {
    const releaser: Puppet = { id: 'releaser', roles: ['admin'] };
    const recipient: Puppet = { id: 'recipient', roles: ['member'] };
    for (const { id, roles } of [releaser, recipient]) await target.addPerson(id, roles);
    await target.advance(1_000);
    const request = { user: 'member', recipient: recipient.id, reason: 'x' };
    const { status, body } = await decideBy(target, ADMIN, 'POST', `${RIGHTS}/exports`, request);
    if (status !== 202) return [`it couldn't be requested: ${status} ${body.slice(0, 200)}`];
    const { id } = JSON.parse(body);
    await target.settle();
    await target.advance(4 * DAY_MS);
    await target.settle();
    const released = await decideBy(target, releaser, 'POST', `${RIGHTS}/exports/${id}/release`);
    await target.settle();
    const opened = await decideBy(target, recipient, 'GET', `/v1/exports/${id}`);
    return [released, opened]
      .filter((one) => one.status >= 400)
      .map((one) => `it was refused: ${one.status} ${one.body.slice(0, 200)}`);
  },
};

/** One administrator alone, with puppets that they add, tries to read a member's content by a hand-over. */
export const HAND_OVERS: AttackTable = {
  title: 'hand-overs by puppets',
  isAlone: true,
  attacks: [...scenarios, ...OTHERS, control],
};
