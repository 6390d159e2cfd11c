import { ACTIONS } from './actions';
import { type Observed, observedOf } from './observed';
import { storedIn } from './stored';
import type { ModelState, TraceStep } from './trace';
import { World } from './world';

/** Where the package and the model differ. */
export interface Difference {
  /** The actions up to the difference. */
  readonly actions: readonly string[];
  readonly model: unknown;
  readonly stored: unknown;
}

/** Replays a trace in the package; returns the first difference from the model, if there is one. */
export async function replay(trace: readonly TraceStep[]): Promise<Difference | undefined> {
  const world = new World(trace[0]?.action.arg as 'delay' | 'second-person');
  const actions: string[] = [];
  try {
    for (const user of ['ada', 'heir']) await world.write(user);
    for (const { action, state } of trace) {
      const { act, id, user, by, arg, ok } = action;
      actions.push([act, id, user, by, arg].filter((part) => part !== -1 && part !== '').join(' '));
      const isAccepted = act === 'init' ? true : await ACTIONS[act]?.(world, action);
      if (isAccepted !== ok) return { actions, model: ok, stored: isAccepted };
      await nameJobs(world, state);
      // Nothing can be read without the workspace's key.
      if (state.isClosed) break;
      const [model, stored] = [observedOf(state), await storedIn(world)];
      for (const part of Object.keys(model) as (keyof Observed)[]) {
        const [expected, found] = [JSON.stringify(model[part]), JSON.stringify(stored[part])];
        if (expected !== found) return { actions, model: model[part], stored: stored[part] };
      }
    }
    return undefined;
  } finally {
    await world.close();
  }
}

/** Finds the jobs that the last action requested. A closure requests several, in any order. */
async function nameJobs(world: World, { jobs }: ModelState): Promise<void> {
  const { ids } = world;
  if (jobs.length === ids.length) return;
  const unnamed = (await world.rights().list()).filter(({ id }) => !ids.includes(id));
  for (const { kind, user } of jobs.slice(ids.length)) {
    const found = unnamed.findIndex((job) => job.kind === kind && job.user === user);
    ids.push(unnamed.splice(found, 1)[0]?.id ?? 'none');
  }
}
