import { ContentTable } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import { JobStore } from '../jobs/job-store';
import type { Step } from '../jobs/step-actors';
import { Stopped } from '../jobs/stopped';
import type { PartsOf } from './parts';

/**
 * Lets steps of an erasure run only while the decisions about its user name it. A request for an erasure is refused while content is on
 * hold, and writes that mark; the row of a job alone shows no such decision.
 *
 * @throws Stopped when the decisions about the user name another erasure, or none
 */
export function onlyWhileMarked<Name extends string>(
  { table, now }: Pick<PartsOf['eraser'], 'table' | 'now'>,
  steps: Readonly<Record<Name, Step>>,
): Readonly<Record<Name, Step>> {
  const content = new ContentTable(table.client, table.name, now);
  const jobs = new JobStore(content);
  const guarded =
    (step: Step): Step =>
    async (job) => {
      if ((await content.get(statusKey(job.user)))?.erasing?.S === job.id) return step(job);
      // Another process has ended the erasure, and its user was readmitted. The change of the job fails, because of its version.
      if ((await jobs.find(job.id))?.version !== job.version) return {};
      throw new Stopped(
        `step '${job.step}' doesn't run, because the decisions about the job's user name another erasure or none; ` +
          "find out in the trail what wrote the job's row, then delete that row",
      );
    };
  const entries = Object.entries<Step>(steps).map(([name, step]) => [name, guarded(step)]);
  return Object.fromEntries(entries) as Record<Name, Step>;
}
