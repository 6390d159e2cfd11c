import type { StepEvent } from '../../../contract/rights';
import { describeFault } from '../../http/fault';
import { type Actor, isJobId } from '../job';
import type { Next, Rights } from '../rights';
import { runJob } from '../run-job';
import { Stopped } from '../stopped';
import { nameOf } from './name-of';

/** What the handler of an actor's steps runs with. */
export interface StepHandlerOptions {
  readonly rights: Rights;
  readonly actor: Actor;
  readonly log: (line: object) => void;
}

/** No step is begun later after the call than this: the longest has as much time again before Lambda ends the function. */
const BUDGET_MS = 7 * 60_000;

/**
 * Does the steps of a job that are the actor's, until one is somebody else's, the job has to wait, or the time is up. What it
 * returns and throws is kept in the history of an execution, so both hold ids, times and names alone.
 */
export function stepHandler({ rights, actor, log }: StepHandlerOptions): (event: unknown) => Promise<Next> {
  return async (event) => {
    const { job } = event as { readonly [Field in keyof StepEvent]?: unknown };
    if (typeof job !== 'string' || !isJobId(job))
      throw new Error("the event must name a 'job'; start the state machine");
    try {
      const next = await runJob(rights, job, actor, Date.now() + BUDGET_MS);
      log({ event: 'rights', job, actor, next: next.actor ?? 'nobody', notBefore: next.notBefore });
      return next;
    } catch (error) {
      const why = error instanceof Stopped ? error.message : nameOf(error);
      log({ event: 'rights', job, actor, stopped: why, fault: describeFault(error) });
      throw new Stopped(`${actor} stopped at job ${job}: ${why}`);
    }
  };
}
