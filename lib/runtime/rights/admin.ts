import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import { ApiError } from '../gateway/api-error';
import type { Gateway, GatewayEnv } from '../gateway/app';
import { parseRequest } from '../gateway/parse-request';
import { readJson } from '../gateway/read-json';
import { answerError, type RecordingOptions, recording } from '../gateway/recording';
import { isConversationId } from '../workspace/content/ids';
import { type Hold, isHoldId } from './holds';
import { isJobId, type Job } from './job';
import { Refused } from './refused';
import type { Rights } from './rights';

/** What the administration of rights is made of. */
export interface RightsAdminOptions extends RecordingOptions {
  readonly rights: Rights;
  /** Lets in administrators alone. It is run before every route. */
  readonly middleware: readonly MiddlewareHandler<GatewayEnv>[];
  /** Is told of each job that has begun, and sees that its steps are done. */
  readonly begun: (job: Job) => void | Promise<void>;
}

const user = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/));
const aboutUser = z.strictObject({ user });
const newHold = z.strictObject({
  user,
  conversation: z.optional(z.string().check(z.refine((id: string) => isConversationId(id)))),
  reason: z.string().check(z.regex(/^\S(?:.{0,198}\S)?$/)),
});

/** The paths by which an administrator exercises the rights of users, without a right to anybody's content. */
export function rightsAdmin({ rights, middleware, begun, ...options }: RightsAdminOptions): Gateway {
  const whole = new Hono<GatewayEnv>();
  whole.use(recording(options));
  for (const one of middleware) whole.use(one);
  const app = whole.basePath('/admin/v1/rights');
  app.use(async (c, next) => {
    c.get('trail').route = 'rights';
    await next();
  });
  const begin = async (job: Job) => {
    await begun(job);
    return shownJob((await rights.find(job.id)) ?? job);
  };
  app.post('/exports', async (c) => {
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    return c.json(await begin(await rights.export(user, adminOf(c.var.member))), 202);
  });
  app.post('/erasures', async (c) => {
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    return c.json(await begin(await rights.erase(user, adminOf(c.var.member))), 202);
  });
  app.post('/readmissions', async (c) => {
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    await rights.readmit(user);
    return c.json({ object: 'readmission', user });
  });
  app.post('/holds', async (c) => {
    const wanted = parseRequest(newHold, await readJson(c.req.raw), ['user', 'reason']);
    const { hold, job } = await rights.hold({ ...wanted, by: adminOf(c.var.member) });
    await begun(job);
    return c.json(shownHold(hold), 201);
  });
  app.get('/holds', async (c) => c.json({ object: 'list', data: (await rights.holds.list()).map(shownHold) }));
  app.delete('/holds/:id', async (c) => {
    const id = c.req.param('id');
    const released = isHoldId(id) ? await rights.release(id, adminOf(c.var.member)) : undefined;
    if (released === undefined) throw new ApiError(404, 'hold_not_found', 'there is no hold with this id');
    if (released.job !== undefined) await begun(released.job);
    return c.json(shownHold(released.hold));
  });
  app.get('/jobs', async (c) => c.json({ object: 'list', data: (await rights.list()).map(shownJob) }));
  app.get('/jobs/:id', async (c) => {
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.find(id) : undefined;
    if (job === undefined) throw new ApiError(404, 'job_not_found', 'there is no job with this id');
    return c.json(shownJob(job));
  });
  whole.notFound((c) => answerError(c, nothingThere()));
  whole.onError((error, c) => answerError(c, error instanceof Refused ? refused(error) : error));
  return { fetch: (request) => whole.fetch(request) };
}

const nothingThere = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; docs/WORKSPACES.md lists what an administrator may ask for',
  );

/** What a refusal of a right is called by its answer. */
const refused = ({ reason, message }: Refused): ApiError =>
  new ApiError(
    409,
    reason === 'held' ? 'legal_hold' : reason === 'erased' ? 'content_erased' : 'not_certified',
    message,
  );

const adminOf = (member: GatewayEnv['Variables']['member']): string => {
  if (member?.role === 'admin') return member.id;
  throw new ApiError(403, 'role_refused', "this is for the role 'admin'; use the token of an administrator");
};

/** A job as an administrator sees it: everything but the canary. */
function shownJob({ id, kind, user, by, at, state, counts, figures, notBefore }: Job) {
  const { certificate, certificateSha256, until } = figures;
  return {
    id,
    object: 'rights.job',
    kind,
    user: user === '' ? null : user,
    requested_by: by,
    requested_at: iso(at),
    state,
    counts,
    ...(state === 'erased' && { certificate_from: iso(notBefore) }),
    ...(certificate !== undefined && { certificate, certificate_sha256: certificateSha256 }),
    ...(until !== undefined && { expires_at: iso(Number(until)) }),
  };
}

function shownHold({ id, user, conversation, reason, by, at, releasedAt, releasedBy }: Hold) {
  return {
    id,
    object: 'rights.hold',
    user,
    conversation: conversation ?? null,
    reason,
    placed_by: by,
    placed_at: iso(at),
    released_by: releasedBy ?? null,
    released_at: releasedAt === undefined ? null : iso(releasedAt),
  };
}

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
