import type { StepEvent } from '../../../contract/rights';
import { certifyEnd } from '../closing-steps';
import type { Next } from '../rights';
import type { RightsOptions } from '../rights-options';
import { type StepHandlerOptions, stepHandler } from './step-handler';

/** What the handler of the closer runs with. */
export type CloserHandlerOptions = Omit<StepHandlerOptions, 'actor'> &
  Pick<RightsOptions, 'workspace' | 'evidence' | 'ending'>;

/**
 * Does the steps of a closing. Once the workspace's key waits for its deletion, nobody can read the table of jobs any more: whoever comes
 * again then certifies that, and is done.
 */
export function closerHandler(options: CloserHandlerOptions): (event: unknown) => Promise<Next> {
  const steps = stepHandler({ ...options, actor: 'closer' });
  return async (event) => {
    const { job } = event as { readonly [Field in keyof StepEvent]?: unknown };
    if (typeof job !== 'string' || !job.startsWith('close_')) return steps(event);
    if ((await options.ending.scheduled()) === undefined) return steps(event);
    await certifyEnd(job, options);
    options.log({ event: 'rights', job, actor: 'closer', next: 'nobody' });
    return { job };
  };
}
