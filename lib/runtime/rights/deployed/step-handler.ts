import type { StepEvent } from '../../../contract/rights';
import { describeFault } from '../../http/fault';
import { unreadableLine } from '../../http/records/metric-directives';
import { isUnreadable } from '../../workspace/store/content-cipher';
import { isJobId } from '../jobs/job';
import type { JobRunner } from '../jobs/job-runner';
import type { Actor, Next } from '../jobs/step-actors';
import { Stopped } from '../jobs/stopped';
import { errorName } from './error-name';

/** What the handler of an actor's steps is made of. */
export interface StepHandlerOptions {
  /** Has the steps of the actor only. */
  readonly runner: JobRunner;
  readonly actor: Actor;
  /** The ID of the workspace, by which its content that doesn't decrypt is counted. */
  readonly workspace: string;
  readonly log: (line: object) => void;
}

/** No step begins later than this after the call. The longest step then has as much time again before Lambda ends the function. */
const BUDGET_MS = 7 * 60_000;

/**
 * Runs the actor's steps of a job until the next step is another actor's, the job has to wait, or the time is up. Results and errors stay
 * in the history of an execution, so they hold ids, times and names only.
 */
export function stepHandler({ runner, actor, workspace, log }: StepHandlerOptions): (event: unknown) => Promise<Next> {
  return async (event) => {
    const { job } = event as { readonly [Field in keyof StepEvent]?: unknown };
    if (typeof job !== 'string' || !isJobId(job))
      throw new Error("the event must name a 'job'; start the state machine");
    try {
      const next = await runner.run(job, Date.now() + BUDGET_MS);
      log({ event: 'rights', job, actor, next: next.actor ?? 'nobody', notBefore: next.notBefore });
      return next;
    } catch (error) {
      const why = error instanceof Stopped ? error.message : errorName(error);
      if (isUnreadable(error)) log(unreadableLine(workspace, new Date()));
      log({ event: 'rights', job, actor, stopped: why, fault: describeFault(error) });
      throw new Stopped(`${actor} stopped at job ${job}: ${why}`);
    }
  };
}
