import type { Context, Hono } from 'hono';
import type { RequestEnv } from '../../http/handler/request-env';
import type { RightAct } from '../acts';
import type { RightsDecisions } from '../decisions/rights-decisions';
import type { Job } from '../jobs/job';
import { jobObject } from './answers';

export type App = Hono<RequestEnv>;

/** What the routes call. */
export interface RouteParts {
  readonly rights: RightsDecisions;
  /** Sees that the steps of a new job run. */
  readonly onJob: (job: Job) => void | Promise<void>;
  /** The ids of the workspace that is administered. */
  readonly workspaces: readonly string[];
}

/** Records what the person does, and, by the function that it returns, the affected user once that has succeeded. */
export function recordAct(c: Context<RequestEnv>, act: RightAct) {
  const log = c.get('log');
  log.act = act;
  return <T extends { readonly user: string }>(result: T): T => {
    if (result.user !== '') log.about = result.user;
    return result;
  };
}

/** The answer with a new job, after the steps that run at once. @param toObject what its reader may see of it */
export async function started(
  rights: RightsDecisions,
  onJob: RouteParts['onJob'],
  job: Job,
  toObject: (job: Job) => object = jobObject,
) {
  await onJob(job);
  return toObject((await rights.find(job.id)) ?? job);
}
