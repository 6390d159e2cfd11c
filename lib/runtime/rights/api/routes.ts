import type { Context } from 'hono';
import type { RequestEnv } from '../../http/handler/request-env';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { ApiError } from '../api-error';
import { isJobId } from '../jobs/job';
import { isHoldId } from '../store/holds';
import { holdObject, jobObject, listObject } from './answers';
import { readPage } from './page-query';
import { holdNotFound, jobNotFound } from './refusals';
import { aboutUser, handoverOf, newClosure, newExport, newHold } from './requests';
import { type App, type RouteParts, recordAct, started } from './route-parts';

export function exportRoutes(app: App, { rights, onJob }: RouteParts): void {
  app.post('/exports', async (c) => {
    const record = recordAct(c, 'right.export');
    const { user, ...handover } = parseRequest(newExport, await readJson(c.req.raw), ['user']);
    const job = await rights.export(user, adminOf(c), handoverOf(handover));
    return c.json(await started(rights, onJob, record(job)), 202);
  });
  app.post('/exports/:id/release', async (c) => {
    const record = recordAct(c, 'right.release-export');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.releaseExport(id, adminOf(c)) : undefined;
    if (job === undefined) throw jobNotFound();
    return c.json(await started(rights, onJob, record(job)), 202);
  });
}

export function erasureRoutes(app: App, { rights, onJob }: RouteParts): void {
  app.post('/erasures', async (c) => {
    const record = recordAct(c, 'right.erase');
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    return c.json(await started(rights, onJob, record(await rights.erase(user, adminOf(c)))), 202);
  });
  app.post('/erasures/:id/confirm', async (c) => {
    const record = recordAct(c, 'right.confirm-erasure');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.confirmErasure(id, adminOf(c)) : undefined;
    if (job === undefined) throw jobNotFound();
    return c.json(await started(rights, onJob, record(job)), 202);
  });
  app.post('/readmissions', async (c) => {
    const record = recordAct(c, 'right.readmit');
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    return c.json(await started(rights, onJob, record(await rights.readmit(user, adminOf(c)))), 202);
  });
}

export function closureRoutes(app: App, { rights, onJob, workspaces }: RouteParts): void {
  app.post('/closures', async (c) => {
    const record = recordAct(c, 'right.close');
    const { workspace, days } = parseRequest(newClosure, await readJson(c.req.raw), ['workspace']);
    // The request repeats the id, so that no administrator closes another workspace by mistake.
    if (!workspaces.includes(workspace)) {
      throw new ApiError(400, 'invalid_value', "'workspace' must be the id of this workspace", { param: 'workspace' });
    }
    return c.json(await started(rights, onJob, record(await rights.close(adminOf(c), days))), 202);
  });
  app.delete('/closures/:id', async (c) => {
    recordAct(c, 'right.call-off');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.cancelClosure(id, adminOf(c)) : undefined;
    if (job === undefined) throw jobNotFound();
    return c.json(jobObject(job));
  });
}

export function holdRoutes(app: App, { rights, onJob }: RouteParts): void {
  app.post('/holds', async (c) => {
    const record = recordAct(c, 'right.hold');
    const requested = parseRequest(newHold, await readJson(c.req.raw), ['user', 'reason']);
    const { hold, job } = await rights.placeHold({ ...requested, by: adminOf(c) });
    await onJob(job);
    return c.json(holdObject(record(hold)), 201);
  });
  app.get('/holds', async (c) => {
    recordAct(c, 'right.list');
    const { holds, next } = await rights.holds(readPage(c, isHoldId));
    return c.json(listObject(holds.map(holdObject), next));
  });
  app.delete('/holds/:id', async (c) => {
    const record = recordAct(c, 'right.release-hold');
    const id = c.req.param('id');
    const released = isHoldId(id) ? await rights.releaseHold(id, adminOf(c)) : undefined;
    if (released === undefined) throw holdNotFound();
    if (released.job !== undefined) await onJob(released.job);
    return c.json(holdObject(record(released.hold)));
  });
}

export function jobRoutes(app: App, { rights, onJob }: RouteParts): void {
  app.delete('/jobs/:id', async (c) => {
    const record = recordAct(c, 'right.call-off');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.cancel(id, adminOf(c)) : undefined;
    if (job === undefined) throw jobNotFound();
    return c.json(await started(rights, onJob, record(job)));
  });
  app.get('/jobs', async (c) => {
    recordAct(c, 'right.list');
    const { jobs, next } = await rights.page(readPage(c, isJobId));
    return c.json(listObject(jobs.map(jobObject), next));
  });
  app.get('/jobs/:id', async (c) => {
    recordAct(c, 'right.list');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.find(id) : undefined;
    if (job === undefined) throw jobNotFound();
    return c.json(jobObject(job));
  });
}

function adminOf(c: Context<RequestEnv>): string {
  const { member } = c.var;
  if (member?.role === 'admin') return member.id;
  throw new ApiError(403, 'role_refused', "this is for the role 'admin'; use the token of an administrator");
}
