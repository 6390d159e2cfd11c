import { type Context, Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import { adminPath } from '../../contract/admin-path';
import { answerError, type RecordingOptions, recording } from '../http/handler/recording';
import type { FetchHandler, RequestEnv } from '../http/handler/request-env';
import { parseRequest } from '../http/parse-request';
import { readJson } from '../http/read-json';
import { isConversationId } from '../workspace/store/ids';
import type { RightAct } from './acts';
import { ApiError, type RightsErrorCode } from './api-error';
import { type Hold, isHoldId } from './holds';
import { isJobId, type Job } from './job';
import { type RefusalReason, Refused } from './refused';
import type { Rights } from './rights';

/** What the administration of rights is made of. */
export interface RightsAdminOptions extends RecordingOptions {
  readonly rights: Rights;
  /** Lets in administrators alone. It is run before every route. */
  readonly middleware: readonly MiddlewareHandler<RequestEnv>[];
  /** Is told of each job that has begun, and sees that its steps are done. */
  readonly begun: (job: Job) => void | Promise<void>;
}

const user = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/));
const aboutUser = z.strictObject({ user });
const reason = z.string().check(z.regex(/^\S(?:.{0,198}\S)?$/));
const newExport = z.strictObject({ user, recipient: z.optional(user), reason: z.optional(reason) });
const closing = z.strictObject({
  workspace: z.string(),
  days: z._default(z.int().check(z.gte(7), z.lte(30)), 30),
});
const newHold = z.strictObject({
  user,
  conversation: z.optional(z.string().check(z.refine((id: string) => isConversationId(id)))),
  reason,
});

/** The paths by which an administrator exercises the rights of users, without a right to anybody's content. */
export function rightsAdmin({ rights, middleware, begun, ...options }: RightsAdminOptions): FetchHandler {
  const whole = new Hono<RequestEnv>();
  whole.use(recording(options));
  for (const one of middleware) whole.use(one);
  const app = whole.basePath(adminPath('rights'));
  app.use(async (c, next) => {
    c.get('log').route = 'rights';
    await next();
  });
  /** Whom something was done for is recorded once it is. */
  const does = (c: Context<RequestEnv>, act: RightAct) => {
    const log = c.get('log');
    log.act = act;
    return <T extends { readonly user: string }>(done: T): T => {
      if (done.user !== '') log.about = done.user;
      return done;
    };
  };
  const begin = async (job: Job) => {
    await begun(job);
    return shownJob((await rights.find(job.id)) ?? job);
  };
  app.post('/exports', async (c) => {
    const did = does(c, 'right.export');
    const { user, ...handed } = parseRequest(newExport, await readJson(c.req.raw), ['user']);
    return c.json(await begin(did(await rights.export(user, adminOf(c.var.member), handedOf(handed)))), 202);
  });
  app.post('/exports/:id/release', async (c) => {
    const did = does(c, 'right.release-export');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.handOver(id, adminOf(c.var.member)) : undefined;
    if (job === undefined) throw noJob();
    return c.json(await begin(did(job)), 202);
  });
  app.post('/erasures', async (c) => {
    const did = does(c, 'right.erase');
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    return c.json(await begin(did(await rights.erase(user, adminOf(c.var.member)))), 202);
  });
  app.post('/readmissions', async (c) => {
    const did = does(c, 'right.readmit');
    const { user } = parseRequest(aboutUser, await readJson(c.req.raw), ['user']);
    return c.json(await begin(did(await rights.readmit(user, adminOf(c.var.member)))), 202);
  });
  app.post('/closures', async (c) => {
    const did = does(c, 'right.close');
    const { workspace, days } = parseRequest(closing, await readJson(c.req.raw), ['workspace']);
    // Said once more, so that nobody closes another workspace than they meant.
    if (!options.policy.tenant.ids.includes(workspace)) {
      throw new ApiError(400, 'invalid_value', "'workspace' must be the id of this workspace", { param: 'workspace' });
    }
    return c.json(await begin(did(await rights.close(adminOf(c.var.member), days))), 202);
  });
  app.delete('/closures/:id', async (c) => {
    does(c, 'right.call-off');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.callOff(id) : undefined;
    if (job === undefined) throw noJob();
    return c.json(shownJob(job));
  });
  app.post('/holds', async (c) => {
    const did = does(c, 'right.hold');
    const wanted = parseRequest(newHold, await readJson(c.req.raw), ['user', 'reason']);
    const { hold, job } = await rights.hold({ ...wanted, by: adminOf(c.var.member) });
    await begun(job);
    return c.json(shownHold(did(hold)), 201);
  });
  app.get('/holds', async (c) => {
    does(c, 'right.list');
    return c.json({ object: 'list', data: (await rights.holds.list()).map(shownHold) });
  });
  app.delete('/holds/:id', async (c) => {
    const did = does(c, 'right.release-hold');
    const id = c.req.param('id');
    const released = isHoldId(id) ? await rights.release(id, adminOf(c.var.member)) : undefined;
    if (released === undefined) throw new ApiError(404, 'hold_not_found', 'there is no hold with this id');
    if (released.job !== undefined) await begun(released.job);
    return c.json(shownHold(did(released.hold)));
  });
  app.get('/jobs', async (c) => {
    does(c, 'right.list');
    return c.json({ object: 'list', data: (await rights.list()).map(shownJob) });
  });
  app.get('/jobs/:id', async (c) => {
    does(c, 'right.list');
    const id = c.req.param('id');
    const job = isJobId(id) ? await rights.find(id) : undefined;
    if (job === undefined) throw noJob();
    return c.json(shownJob(job));
  });
  whole.notFound((c) => answerError(c, nothingThere()));
  whole.onError((error, c) => answerError(c, error instanceof Refused ? refused(error) : error));
  return { fetch: (request) => whole.fetch(request) };
}

/** Whom an export is for that its user can't fetch, and why; neither without the other. */
function handedOf({ recipient, reason }: { readonly recipient?: string; readonly reason?: string }) {
  if (recipient !== undefined && reason !== undefined) return { recipient, reason };
  if (recipient === undefined && reason === undefined) return undefined;
  const param = recipient === undefined ? 'recipient' : 'reason';
  throw new ApiError(400, 'missing_required_parameter', `'${param}' is missing: a recipient is named with a reason`, {
    param,
  });
}

const noJob = () => new ApiError(404, 'job_not_found', 'there is no job with this id');

const nothingThere = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; docs/WORKSPACES.md lists what an administrator may ask for',
  );

/** What a refusal of a right is called by its answer. */
const refused = ({ reason, message }: Refused): ApiError => new ApiError(409, REASONS[reason], message);

const REASONS = {
  held: 'legal_hold',
  erased: 'content_erased',
  uncertified: 'not_certified',
  present: 'not_erased',
  same: 'second_person_required',
  unreleasable: 'not_releasable',
  uncallable: 'not_callable_off',
  ending: 'workspace_closing',
} as const satisfies Record<RefusalReason, RightsErrorCode>;

const adminOf = (member: RequestEnv['Variables']['member']): string => {
  if (member?.role === 'admin') return member.id;
  throw new ApiError(403, 'role_refused', "this is for the role 'admin'; use the token of an administrator");
};

/** A job as an administrator sees it: everything but the canary. */
function shownJob({ id, kind, user, by, at, state, counts, figures, notBefore }: Job) {
  const { certificate, certificateSha256, until, recipient, reason, releasedBy, releasedAt, deletion } = figures;
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
    ...(deletion !== undefined && { key_deleted_at: iso(Number(deletion)) }),
    ...(recipient !== undefined && { recipient, reason }),
    ...(releasedBy !== undefined && { released_by: releasedBy, released_at: iso(Number(releasedAt)) }),
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
