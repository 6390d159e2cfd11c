import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { adminPath } from '../../contract/admin-path';
import { PROJECT_LIMITS, type ProjectLimits } from '../../contract/policies/gateway-policy';
import type { ProjectsPolicy } from '../../contract/policies/projects-policy';
import { OPEN_PROJECT_ID, OPEN_PROJECTS, RESERVED_IDS } from '../../contract/tenant';
import { type StoredProject, UnreadableProject } from '../gateway/open/project-item';
import { answerError, type RecordingOptions, recording } from '../http/handler/recording';
import type { FetchHandler, RequestEnv } from '../http/handler/request-env';
import { JsonAnswer } from '../http/json-answer';
import { parseRequest } from '../http/parse-request';
import { readJson } from '../http/read-json';
import type { ProjectAct } from './acts';
import { ApiError } from './api-error';
import { pageIn } from './page';
import type { ProjectStore } from './project-store';
import { createForm, digestOf, LIMIT_NAMES, limitsForm, limitsOf, type Requested } from './requests';
import { shownBy } from './views';

/** What the API of open projects needs. */
export interface ProjectsApiOptions extends RecordingOptions {
  /** What is declared for open projects. */
  readonly open: ProjectsPolicy;
  readonly store: ProjectStore;
  /**
   * Runs before every route.
   *
   * @default - none: API Gateway has authenticated the caller
   */
  readonly middleware?: readonly MiddlewareHandler<RequestEnv>[];
  /**
   * Additions to the answer that creates a project.
   *
   * @default - none
   */
  readonly created?: (id: string) => object;
}

type Served = Context<RequestEnv>;

export const PROJECTS_PATH = adminPath('projects');

/**
 * The API by which an operator's program creates, caps and ends projects at run time. Every change is idempotent. It gives no access to
 * keys, and no project has more through it than what is declared.
 */
export function projectsApi(options: ProjectsApiOptions): FetchHandler {
  const { open, store, now = () => new Date(), created = () => ({}) } = options;
  const show = shownBy(open);
  const app = new Hono<RequestEnv>();
  app.use(recording(options));
  for (const one of options.middleware ?? []) app.use(one);

  app.get(PROJECTS_PATH, async (c) => {
    begin(c, 'project.list');
    const { limit, after } = pageIn(c.req.raw);
    const { projects, more } = await store.page(limit, after);
    const next = more ? (projects.at(-1)?.id ?? null) : null;
    return new JsonAnswer({ object: 'list', data: projects.map(show), has_more: more, next });
  });

  app.get(`${PROJECTS_PATH}/:id`, async (c) => {
    const id = idIn(c, 'project.show');
    return new JsonAnswer(show((await existing(c, store, id)).project));
  });

  app.put(`${PROJECTS_PATH}/:id`, async (c) => {
    const id = idIn(c, 'project.create');
    const { name, models, limits } = parseRequest(createForm, await readJson(c.req.raw), []);
    const requested: Requested = { name, models, limits: limitsOf(limits) };
    const request = digestOf(requested);
    const before = await store.find(id);
    if (before !== undefined) {
      about(c, id);
      return new JsonAnswer({ ...show(requireSame(before, request)), ...created(id) });
    }
    requireFree(id, open);
    requireWithin(requested, open);
    const stored: StoredProject = { request, project: { id, ...requested, created: now() } };
    const outcome = await store.create(stored, open.maximum);
    if (outcome === 'full') throw atMaximum(open.maximum);
    about(c, id);
    if (outcome === 'created') return new JsonAnswer({ ...show(stored.project), ...created(id) });
    // Another request created it meanwhile.
    const other = await existing(c, store, id);
    return new JsonAnswer({ ...show(requireSame(other, request)), ...created(id) });
  });

  app.put(`${PROJECTS_PATH}/:id/limits`, async (c) => {
    const id = idIn(c, 'project.cap');
    const limits = limitsOf(parseRequest(limitsForm, await readJson(c.req.raw), []));
    requireLimits(limits, open.limits, '');
    // A row that can't be read isn't changed.
    requireOpen((await existing(c, store, id)).project);
    if (!(await store.cap(id, limits, now()))) throw ended();
    return new JsonAnswer(show((await existing(c, store, id)).project));
  });

  app.post(`${PROJECTS_PATH}/:id/end`, async (c) => {
    const id = idIn(c, 'project.end');
    // A row that can't be read isn't changed.
    await existing(c, store, id);
    await store.end(id, now());
    return new JsonAnswer(show((await existing(c, store, id)).project));
  });

  app.all(PROJECTS_PATH, () => methodNotAllowed('GET'));
  app.all(`${PROJECTS_PATH}/:id`, () => methodNotAllowed('GET, PUT'));
  app.all(`${PROJECTS_PATH}/:id/limits`, () => methodNotAllowed('PUT'));
  app.all(`${PROJECTS_PATH}/:id/end`, () => methodNotAllowed('POST'));
  app.notFound((c) => answerError(c, nothingThere()));
  app.onError((error, c) => answerError(c, toApiError(error)));
  return { fetch: (request) => app.fetch(request) };
}

function begin(c: Served, act: ProjectAct): void {
  const log = c.get('log');
  log.route = 'projects';
  log.act = act;
  log.tenant = OPEN_PROJECTS;
}

/** The record names a project only once it exists: a path can contain anything. */
function about(c: Served, id: string): void {
  const log = c.get('log');
  log.tenant = id;
  log.metricTenant = OPEN_PROJECTS;
}

/** The ID in a path. It names no row of any other kind. */
function idIn(c: Served, act: ProjectAct): string {
  begin(c, act);
  const id = c.req.param('id') ?? '';
  if (OPEN_PROJECT_ID.test(id)) return id;
  throw new ApiError(
    400,
    'invalid_value',
    'the id in the path must be lower-case letters, digits and single hyphens, begin with a letter, and have at most 32 characters',
  );
}

async function existing(c: Served, store: ProjectStore, id: string): Promise<StoredProject> {
  const stored = await store.find(id);
  if (stored === undefined) {
    throw new ApiError(404, 'project_not_found', 'no open project has this id; create it with PUT');
  }
  about(c, id);
  return stored;
}

/** The project of an earlier request with the same content. */
function requireSame({ project, request }: StoredProject, digest: string): StoredProject['project'] {
  requireOpen(project);
  if (request === digest) return project;
  throw new ApiError(
    409,
    'project_exists',
    'a project with this id was created with other content; choose another id, or change its limits with PUT to the path of its limits',
  );
}

function requireOpen({ ended: at }: StoredProject['project']): void {
  if (at !== undefined) throw ended();
}

function requireFree(id: string, { declared }: ProjectsPolicy): void {
  if (!declared.includes(id) && !RESERVED_IDS.includes(id)) return;
  throw new ApiError(
    409,
    'project_exists',
    'this id belongs to a tenant of residency.yaml, or has another meaning in records; choose another id',
  );
}

function requireWithin({ models = [], limits }: Requested, open: ProjectsPolicy): void {
  const wrong = models.findIndex((model) => !open.models.includes(model));
  if (wrong >= 0) {
    throw new ApiError(
      400,
      'invalid_value',
      `'models[${wrong}]' must be one of the models that residency.yaml opens to projects: ${open.models.join(', ')}`,
      { param: `models[${wrong}]` },
    );
  }
  requireLimits(limits, open.limits, 'limits.');
}

function requireLimits(limits: ProjectLimits, highest: ProjectLimits, prefix: string): void {
  if (limits.usdPerMonth !== undefined && highest.usdPerMonth === undefined) {
    // Only then does the gateway have prices.
    const param = `${prefix}${LIMIT_NAMES.usdPerMonth}`;
    throw new ApiError(
      400,
      'invalid_value',
      `'${param}' is possible only if residency.yaml declares 'usdPerMonth' for open projects; declare it and deploy, or set ` +
        `'${prefix}${LIMIT_NAMES.tokensPerMonth}'`,
      { param },
    );
  }
  for (const limit of PROJECT_LIMITS) {
    const [own, most] = [limits[limit], highest[limit]];
    if (own === undefined || most === undefined || own <= most) continue;
    const param = `${prefix}${LIMIT_NAMES[limit]}`;
    throw new ApiError(
      400,
      'invalid_value',
      `'${param}' must be at most ${most}, which residency.yaml permits to each open project`,
      { param },
    );
  }
}

const ended = () =>
  new ApiError(
    409,
    'project_ended',
    'this project has ended, and its id is never used again; create one with another id',
  );

const atMaximum = (maximum: number) =>
  new ApiError(
    409,
    'projects_at_maximum',
    `there are ${maximum} open projects, as many as 'maximum' in residency.yaml allows; end one, or raise it and deploy`,
  );

function methodNotAllowed(allow: string): never {
  throw new ApiError(405, 'method_not_allowed', `this path accepts only ${allow}`, { headers: { allow } });
}

const nothingThere = () =>
  new ApiError(
    404,
    'unknown_url',
    `there is nothing at this path; the API of open projects begins with ${PROJECTS_PATH}`,
  );

/** Any failure of the table may pass: the same request can be sent again, because it changes nothing twice. */
function toApiError(error: Error): Error {
  if (error instanceof ApiError) return error;
  if (error instanceof UnreadableProject) {
    return new ApiError(
      500,
      'project_unreadable',
      'what is stored of this project was changed by something else, so it is neither served nor changed; restore its row from a backup',
      { cause: error },
    );
  }
  const isOfTable = error.name === 'Contended' || '$metadata' in error || 'code' in error;
  if (!isOfTable) return error;
  return new ApiError(
    503,
    'projects_unavailable',
    'the projects can not be read or changed at the moment; send the same request again',
    {
      headers: { 'retry-after': '1' },
      cause: error,
    },
  );
}
