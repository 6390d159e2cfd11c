import type { WorkspaceVariables } from '../../contract/environment';
import type { EnvironmentOf } from '../aws/endpoint';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { JobQueue } from './background/queue';
import type { BackgroundOptions } from './content-options';
import { DeployedParts } from './deployed-parts';

/**
 * The queue of a deployed workspace; undefined if nothing is answered in the background.
 *
 * @throws if the environment names a table that isn't inside the boundary, or no number of jobs
 */
export function deployedQueue(
  { boundary }: Pick<AdmittedPolicy, 'boundary'>,
  environment: EnvironmentOf<WorkspaceVariables>,
): BackgroundOptions | undefined {
  if (environment.JOB_QUEUE_TABLE_ARN === undefined) return undefined;
  const jobsPerMember = Number(environment.JOBS_PER_MEMBER);
  if (!Number.isSafeInteger(jobsPerMember) || jobsPerMember < 1) {
    throw new Error(
      "the gateway doesn't start, because 'JOBS_PER_MEMBER' must be the most jobs of a member at a time, a whole number; deploy it again",
    );
  }
  return { queue: new JobQueue(new DeployedParts(boundary, environment, 'the gateway').jobQueue()), jobsPerMember };
}
