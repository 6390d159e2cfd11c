import type { MemberRole } from '@/lib/contract/roles';
import { Killed } from '@/test/support/store-faults';
import { endsStep } from './slow-process';
import type { Action } from './trace';
import type { World } from './world';

/** Does in the package what an action of the model does, and returns whether it was accepted. */
type Perform = (world: World, action: Action) => Promise<boolean>;

const asAdmin =
  (method: string, path: (world: World, action: Action) => string, body?: (action: Action) => object): Perform =>
  async (world, action) =>
    (await world.request(action.by, 'admin', method, path(world, action), body?.(action))).ok;

const jobOf = ({ ids }: World, { id }: Action): string => ids[id] ?? '';

/** The answer of a step that fails is the same for all: the job stays. */
const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
  await work().catch(() => {});
  return true;
};

/** Runs one step of a job. An export of many rows reads them in several. */
const step = (world: World, id: string) => async () => {
  for (;;) {
    const before = await world.rights().find(id);
    await world.rights().runner.advance(id);
    const after = await world.rights().find(id);
    if (before?.step !== after?.step || after?.cursor === undefined) return;
  }
};

const user = (action: Action) => ({ user: action.user });

export const ACTIONS: Readonly<Record<string, Perform>> = {
  erase: async (world, action) =>
    action.user === action.by
      ? (await world.request(action.user, 'member', 'POST', '/own/erasures')).ok
      : asAdmin('POST', () => '/erasures', user)(world, action),
  export: asAdmin(
    'POST',
    () => '/exports',
    ({ user, arg }) => ({ user, ...(arg !== '' && { recipient: arg, reason: 'case 9' }) }),
  ),
  hold: async (world, { by, user }) => {
    const response = await world.request(by, 'admin', 'POST', '/holds', { user, reason: 'case 7' });
    if (response.ok) world.holds.push(((await response.json()) as { id: string }).id);
    return response.ok;
  },
  'release-hold': asAdmin('DELETE', ({ holds }, { id }) => `/holds/${holds[id]}`),
  readmit: asAdmin('POST', () => '/readmissions', user),
  close: asAdmin(
    'POST',
    () => '/closures',
    () => ({ workspace: 'sciences', days: 7 }),
  ),
  release: (world, action) =>
    action.by === 'operator'
      ? world.asOperator(jobOf(world, action))
      : asAdmin('POST', () => `/exports/${jobOf(world, action)}/release`)(world, action),
  confirm: (world, action) =>
    action.by === 'operator'
      ? world.asOperator(jobOf(world, action))
      : asAdmin('POST', () => `/erasures/${jobOf(world, action)}/confirm`)(world, action),
  cancel: asAdmin('DELETE', (world, action) => `/jobs/${jobOf(world, action)}`),
  'cancel-own': async (world, action) =>
    (await world.request(action.user, 'member', 'DELETE', `/own/jobs/${jobOf(world, action)}`)).ok,
  run: (world, action) => attempt(() => world.rights().runner.run(jobOf(world, action))),
  step: (world, action) => attempt(step(world, jobOf(world, action))),
  crash: async (world, action) => {
    const id = jobOf(world, action);
    world.local.faults.choose((call) => async (request, real) => {
      if (endsStep(call, request.body, id)) throw new Killed(call);
      return real();
    });
    await attempt(() => world.rights().runner.advance(id));
    world.local.faults.none();
    return true;
  },
  'slow-read': (world, action) => begun('read', world, action),
  'slow-done': (world, action) => begun('done', world, action),
  continue: async ({ slow }) => {
    await slow.end();
    return true;
  },
  tick: async (world, { id }) => {
    await world.slow.kill();
    world.pass(id);
    return true;
  },
  write: (world, { user }) => world.write(user),
  delete: async (world, { user, id }) =>
    (await world.ask(user, 'DELETE', `/v1/conversations/${world.conversationsOf(user)[id]}`)).ok,
  'restore-key': async ({ keys }, { user }) => {
    await keys.restore(user);
    return true;
  },
  'delete-key': async ({ keys }, { user }) => {
    await keys.delete(user);
    return true;
  },
  give: changeRole(true),
  take: changeRole(false),
};

async function begun(point: 'read' | 'done', world: World, action: Action): Promise<boolean> {
  const id = jobOf(world, action);
  await world.slow.begin(point, id, () => world.rights().runner.advance(id));
  return true;
}

function changeRole(isCurrent: boolean): Perform {
  return async ({ people, local }, { user, arg, by }) => {
    people.change(user, arg as MemberRole, by, local.time, isCurrent);
    return true;
  };
}
