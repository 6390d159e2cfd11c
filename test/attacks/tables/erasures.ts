import type { AttackTable, Scenario } from '../attack';
import { addMember, decideBy, type Puppet } from '../puppets';
import type { Target } from '../target';
import type { World } from '../world';

const RIGHTS = '/admin/v1/rights';
const HOUR_MS = 3_600_000;
const ADMIN: Puppet = { id: 'admin', roles: ['admin'] };
const MEMBER: Puppet = { id: 'member', roles: ['member'] };

/** Whether the member can still read their content, after what must not have erased it. */
async function lost(target: Target, { ids }: World): Promise<string[]> {
  await target.settle();
  const { status } = await decideBy(target, MEMBER, 'GET', `/v1/conversations/${ids.conversation}`);
  return status === 200 ? [] : [`the member's content is gone: ${status}`];
}

async function requested(target: Target): Promise<string> {
  const { status, body } = await decideBy(target, ADMIN, 'POST', `${RIGHTS}/erasures`, { user: 'member' });
  if (status !== 202) throw new Error(`an erasure couldn't be requested: ${status} ${body.slice(0, 200)}`);
  return JSON.parse(body).id;
}

/** What one administrator does to an erasure that they have requested. */
const BY_ONE: Readonly<Record<string, (target: Target, job: string) => Promise<unknown>>> = {
  'waits and does nothing': async (target) => target.advance(6 * 24 * HOUR_MS),
  'confirms it': (target, job) => decideBy(target, ADMIN, 'POST', `${RIGHTS}/erasures/${job}/confirm`),
  'confirms it as a puppet': async (target, job) => {
    const puppet = await addMember(target, ADMIN, 'confirms');
    return decideBy(target, puppet, 'POST', `${RIGHTS}/erasures/${job}/confirm`);
  },
  'releases it as if it were an export': (target, job) =>
    decideBy(target, ADMIN, 'POST', `${RIGHTS}/exports/${job}/release`),
  'requests it again': (target) => decideBy(target, ADMIN, 'POST', `${RIGHTS}/erasures`, { user: 'member' }),
  'requests it as a puppet': async (target) => {
    const puppet = await addMember(target, ADMIN, 'requests');
    return decideBy(target, puppet, 'POST', `${RIGHTS}/erasures`, { user: 'member' });
  },
  'disables the member': (target) =>
    decideBy(target, ADMIN, 'POST', '/admin/v1/members/member/disable').then(() =>
      decideBy(target, ADMIN, 'POST', '/admin/v1/members/member/enable'),
    ),
  'closes the workspace': async (target) => {
    const { body } = await decideBy(target, ADMIN, 'POST', `${RIGHTS}/closures`, { workspace: 'sciences', days: 7 });
    return decideBy(target, ADMIN, 'DELETE', `${RIGHTS}/closures/${JSON.parse(body).id}`);
  },
};

const scenarios: Scenario[] = Object.entries(BY_ONE).map(([name, act]) => ({
  name: `one administrator ${name}`,
  run: async (world, target) => {
    const job = await requested(target);
    await act(target, job);
    const wrong = await lost(target, world);
    // The member cancels it, whatever the administrator did.
    await target.advance(5_000);
    const { status } = await decideBy(target, MEMBER, 'DELETE', `${RIGHTS}/own/jobs/${job}`);
    if (status >= 400) wrong.push(`the member couldn't cancel it: ${status}`);
    await target.advance(8 * 24 * HOUR_MS);
    return [...wrong, ...(await lost(target, world))];
  },
}));

/** Without it, the other rows would pass where no erasure ever runs. */
const control: Scenario = {
  name: 'control: without a cancellation, the content is erased after its delay',
  run: async ({ ids }, target) => {
    await requested(target);
    await target.settle();
    await target.advance(8 * 24 * HOUR_MS);
    await target.settle();
    const { body } = await decideBy(target, MEMBER, 'GET', `/v1/conversations/${ids.conversation}`);
    return body.includes('"content_erased"') ? [] : [`the content wasn't erased: ${body.slice(0, 200)}`];
  },
};

/** One administrator alone can't erase another person's content. */
export const ERASURES: AttackTable = {
  title: "erasures of another person's content",
  isAlone: true,
  attacks: [...scenarios, control],
};
