import type { Context } from 'hono';
import type { RequestEnv } from '../../http/handler/request-env';
import { ApiError } from '../api-error';
import { Refused } from '../decisions/refused';
import { isForUser, isJobId } from '../jobs/job';
import { listObject, ownJobObject } from './answers';
import { OWN_PATH } from './own-path';
import { readAfter } from './page-query';
import { jobNotFound } from './refusals';
import { type App, type RouteParts, recordAct, started } from './route-parts';

/** What a user may do about jobs that concern them, whatever their role. */
export function ownRoutes(app: App, { rights, onJob }: RouteParts): void {
  app.post(`${OWN_PATH}/erasures`, async (c) => {
    const record = recordAct(c, 'right.erase');
    const user = userOf(c);
    return c.json(
      await started(rights, onJob, record(await withoutHolds(() => rights.erase(user, user))), ownJobObject),
      202,
    );
  });
  app.get(`${OWN_PATH}/jobs`, async (c) => {
    recordAct(c, 'right.list');
    const { jobs, next } = await rights.listOwn(userOf(c), readAfter(c, isJobId));
    return c.json(listObject(jobs.map(ownJobObject), next));
  });
  app.get(`${OWN_PATH}/jobs/:id`, async (c) => {
    recordAct(c, 'right.list');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.find(id) : undefined;
    if (job === undefined || !isForUser(job, userOf(c))) throw jobNotFound();
    return c.json(ownJobObject(job));
  });
  app.delete(`${OWN_PATH}/jobs/:id`, async (c) => {
    const record = recordAct(c, 'right.call-off');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.cancelOwn(id, userOf(c)) : undefined;
    if (job === undefined) throw jobNotFound();
    return c.json(await started(rights, onJob, record(job), ownJobObject));
  });
}

/** The hold of a user is a matter of the administrators: its reason isn't for the user. */
async function withoutHolds<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== 'held') throw error;
    throw new Refused('held', 'your content is on hold, so it can not be erased now; ask an administrator');
  }
}

function userOf(c: Context<RequestEnv>): string {
  const { member } = c.var;
  if (member !== undefined) return member.id;
  throw new ApiError(403, 'role_refused', 'this is for the users of the workspace; use the token of one');
}
