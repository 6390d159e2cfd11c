import type { StepEvent } from '../../../contract/rights';
import type { Next } from '../jobs/step-actors';
import { certifyKeyDeletion } from '../steps/closure-steps';
import type { PartsOf } from '../steps/parts';
import { type StepHandlerOptions, stepHandler } from './step-handler';

/** What the handler of the workspace deleter is made of. */
export type WorkspaceDeleterOptions = Omit<StepHandlerOptions, 'actor'> &
  Pick<PartsOf['closer'], 'workspace' | 'evidence' | 'keyDeletion'>;

/**
 * Runs the steps that end a closure. Once the deletion of the workspace's key is scheduled, the table of jobs can't be read any more: a
 * repeated call then certifies the deletion, and is done.
 */
export function workspaceDeleterHandler(options: WorkspaceDeleterOptions): (event: unknown) => Promise<Next> {
  const runSteps = stepHandler({ ...options, actor: 'closer' });
  return async (event) => {
    const { job } = event as { readonly [Field in keyof StepEvent]?: unknown };
    if (typeof job !== 'string' || !job.startsWith('close_')) return runSteps(event);
    if ((await options.keyDeletion.scheduled()) === undefined) return runSteps(event);
    await certifyKeyDeletion(job, options);
    options.log({ event: 'rights', job, actor: 'closer', next: 'nobody' });
    return { job };
  };
}
