import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { SCIM_PATH } from '../../contract/scim-path';
import type { DirectoryStore } from '../directory/directory-store';
import { answerError, type RecordingOptions, recording } from '../http/handler/recording';
import type { FetchHandler, RequestEnv } from '../http/handler/request-env';
import { JsonAnswer } from '../http/json-answer';
import type { ScimAct } from './acts';
import { ApiError, scimError } from './api-error';
import { readPath } from './attribute-path';
import { resourceTypes, schemas, serviceProviderConfig } from './discovery';
import { readListQuery, readSelection } from './list-query';
import { type Operation, operationsOf } from './patch';
import { readScim } from './read-scim';
import type { Locate } from './resources';
import { unavailable } from './retried';
import { GROUP_URN, LIST_URN, PATCH_URN, SCIM_TYPE, USER_URN } from './schema-urns';
import { ScimGroups } from './scim-groups';
import { ScimUsers } from './scim-users';

/** The parts of the API through which an identity system sends users and groups. */
export interface ScimApiOptions extends RecordingOptions {
  readonly directory: DirectoryStore;
  /** Admits the workspace's identity system only. It runs before every route. */
  readonly middleware: readonly MiddlewareHandler<RequestEnv>[];
  /** The path before `/scim/v2` under which clients reach the API. */
  readonly basePath: string;
}

type Served = Context<RequestEnv>;

/** A workspace's SCIM 2.0 API (RFC 7643 and 7644). It reaches the directory, and no content. */
export function scimApi(options: ScimApiOptions): FetchHandler {
  const { directory, basePath, now = () => new Date() } = options;
  // Some clients end a path with a slash.
  const app = new Hono<RequestEnv>({ strict: false });
  app.use(recording(options));
  for (const one of options.middleware) app.use(one);
  app.use(async (c, next) => {
    begin(c, 'scim.read');
    await next();
  });
  const baseOf = baseUrl(basePath);
  addDiscovery(app, baseOf);
  addUsers(app, new ScimUsers(directory, now), baseOf);
  addGroups(app, new ScimGroups(directory, now), baseOf);
  for (const [path, operation] of NOT_IMPLEMENTED) {
    app.all(`${SCIM_PATH}/${path}`, () => Promise.reject(notImplemented(operation)));
  }
  for (const [path, allow] of METHODS) {
    app.all(`${SCIM_PATH}/${path}`, () => Promise.reject(methodNotAllowed(allow)));
  }
  app.notFound((c) => answered(c, nothingThere()));
  app.onError((error, c) => answered(c, toApiError(error)));
  return { fetch: (request) => app.fetch(request) };
}

/** Paths of RFC 7644 that aren't served, with the operation and what to do in its place. */
const NOT_IMPLEMENTED: readonly (readonly [path: string, operation: string])[] = [
  ['Bulk', "'/Bulk', several operations in one request, is not implemented; send a request for each of them"],
  [
    'Me',
    "'/Me', the caller's own user, is not implemented, because a token names no user; find users by '/Users?filter='",
  ],
  ...['.search', 'Users/.search', 'Groups/.search'].map(
    (path) =>
      [path, `'/${path}', a search by POST, is not implemented; send GET with 'filter' to /Users or /Groups`] as const,
  ),
];

/** The methods of each path. */
const METHODS: readonly (readonly [path: string, allow: string])[] = [
  ...['ServiceProviderConfig', 'ResourceTypes', 'ResourceTypes/:id', 'Schemas', 'Schemas/:id'].map(
    (path) => [path, 'GET'] as const,
  ),
  ...['Users', 'Groups'].flatMap((path) => [
    [path, 'GET, POST'] as const,
    [`${path}/:id`, 'DELETE, GET, PATCH, PUT'] as const,
  ]),
];

type BaseOf = (c: Served) => string;

function addDiscovery(app: Hono<RequestEnv>, baseOf: BaseOf): void {
  app.get(`${SCIM_PATH}/ServiceProviderConfig`, (c) => answer(serviceProviderConfig(baseOf(c))));
  for (const [path, all] of [
    ['ResourceTypes', resourceTypes],
    ['Schemas', schemas],
  ] as const) {
    app.get(`${SCIM_PATH}/${path}`, (c) => {
      // RFC 7644, 4: a filter here is answered with 403.
      if (new URL(c.req.url).searchParams.has('filter')) throw noFilterHere();
      const resources = all(baseOf(c));
      return answer(list(resources.length, 0, resources));
    });
    app.get(`${SCIM_PATH}/${path}/:id`, (c) => {
      const found = all(baseOf(c)).find(({ id }) => id === c.req.param('id'));
      if (found === undefined) throw nothingThere();
      return answer(found);
    });
  }
}

function addUsers(app: Hono<RequestEnv>, users: ScimUsers, baseOf: BaseOf): void {
  const path = `${SCIM_PATH}/Users`;
  const shown = async (c: Served, user: Awaited<ReturnType<ScimUsers['get']>>, status = 200) => {
    const locate = locator(baseOf(c));
    const resource = await users.show(user, readSelection(queryOf(c), USER_URN), locate);
    return answer(resource, status, { location: locate('Users', user.id) });
  };
  app.get(path, async (c) => {
    const { total, start, resources } = await users.list(readListQuery(queryOf(c), USER_URN), locator(baseOf(c)));
    return answer(list(total, start, resources));
  });
  app.get(`${path}/:id`, async (c) => {
    const user = await users.get(c.req.param('id'));
    about(c, user.id);
    return shown(c, user);
  });
  app.post(path, async (c) => {
    begin(c, 'scim.user.create');
    const user = await users.create(whole(await readScim(c.req.raw, USER_URN), USER_URN));
    about(c, user.id);
    return shown(c, user, 201);
  });
  app.on(['PUT', 'PATCH'], `${path}/:id`, async (c) => {
    begin(c, 'scim.user.change');
    const operations = await changesOf(c, USER_URN);
    const user = await users.change(c.req.param('id'), operations);
    about(c, user.id);
    return shown(c, user);
  });
  app.delete(`${path}/:id`, async (c) => {
    begin(c, 'scim.user.delete');
    await users.delete(c.req.param('id'));
    about(c, c.req.param('id'));
    return new Response(null, { status: 204 });
  });
}

function addGroups(app: Hono<RequestEnv>, groups: ScimGroups, baseOf: BaseOf): void {
  const path = `${SCIM_PATH}/Groups`;
  const shown = async (c: Served, group: Awaited<ReturnType<ScimGroups['get']>>, status = 200) => {
    const locate = locator(baseOf(c));
    const resource = await groups.show(group, readSelection(queryOf(c), GROUP_URN), locate);
    return answer(resource, status, { location: locate('Groups', group.id) });
  };
  app.get(path, async (c) => {
    const { total, start, resources } = await groups.list(readListQuery(queryOf(c), GROUP_URN), locator(baseOf(c)));
    return answer(list(total, start, resources));
  });
  app.get(`${path}/:id`, async (c) => {
    const group = await groups.get(c.req.param('id'));
    about(c, group.id);
    return shown(c, group);
  });
  app.post(path, async (c) => {
    begin(c, 'scim.group.create');
    const group = await groups.create(whole(await readScim(c.req.raw, GROUP_URN), GROUP_URN));
    about(c, group.id);
    return shown(c, group, 201);
  });
  app.on(['PUT', 'PATCH'], `${path}/:id`, async (c) => {
    begin(c, 'scim.group.change');
    const operations = await changesOf(c, GROUP_URN);
    const isPut = c.req.method === 'PUT';
    const group = await groups.change(c.req.param('id'), operations, isPut);
    about(c, group.id);
    // A group can have thousands of members, so a PATCH repeats them only if it asks for attributes (RFC 7644, 3.5.2).
    return isPut || queryOf(c).has('attributes') ? shown(c, group) : new Response(null, { status: 204 });
  });
  app.delete(`${path}/:id`, async (c) => {
    begin(c, 'scim.group.delete');
    await groups.delete(c.req.param('id'));
    about(c, c.req.param('id'));
    return new Response(null, { status: 204 });
  });
}

async function changesOf(c: Served, schema: string): Promise<Operation[]> {
  if (c.req.method === 'PUT') return whole(await readScim(c.req.raw, schema), schema);
  return operationsOf(await readScim(c.req.raw, PATCH_URN), schema);
}

/** A whole resource as one operation for each of its attributes. `null` means that it has none (RFC 7643, 2.5). */
const whole = (attributes: ReadonlyMap<string, unknown>, schema: string): Operation[] =>
  [...attributes].flatMap(([name, value]) =>
    value === null ? [] : [{ op: 'replace', path: readPath(name, schema), value }],
  );

function begin(c: Served, act: ScimAct): void {
  const log = c.get('log');
  log.route = 'scim';
  log.act = act;
}

/** The record contains the ID from the path only if a resource has it. */
function about(c: Served, id: string): void {
  c.get('log').about = id;
}

const queryOf = (c: Served): URLSearchParams => new URL(c.req.url).searchParams;

const list = (totalResults: number, start: number, Resources: readonly object[]) => ({
  schemas: [LIST_URN],
  totalResults,
  startIndex: start + 1,
  itemsPerPage: Resources.length,
  Resources,
});

const answer = (value: object, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new JsonAnswer(value, { status, headers: { ...headers, 'content-type': SCIM_TYPE } });

const answered = (c: Served, error: Error): Response =>
  answerError(c, error, (known) => answer(scimError(known), known.status, known.headers));

/** The address under which the client reached the API: API Gateway routes by the host, and `serve` has one. */
const baseUrl =
  (basePath: string): BaseOf =>
  (c) => {
    const { protocol, host } = new URL(c.req.url);
    const named = c.req.header('host') ?? host;
    return `${protocol}//${/^[a-z0-9.-]{1,253}(:\d{1,5})?$/i.test(named) ? named : host}${basePath}${SCIM_PATH}`;
  };

const locator =
  (base: string): Locate =>
  (kind, id) =>
    `${base}/${kind}/${id}`;

const notImplemented = (operation: string) =>
  new ApiError(501, 'scim_not_implemented', `${operation}; /ServiceProviderConfig says what is supported`);

const methodNotAllowed = (allow: string) =>
  new ApiError(405, 'method_not_allowed', `this path has the methods ${allow}; use one of them`, {
    headers: { allow },
  });

const noFilterHere = () =>
  new ApiError(403, 'scim_invalid_filter', 'schemas and resource types can not be filtered; leave out the filter');

const nothingThere = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; SCIM has /Users, /Groups, /ServiceProviderConfig, /ResourceTypes and /Schemas here',
  );

/** Transient failures of the directory's table. */
const TRANSIENT = [
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
  'TransactionCanceledException',
  'TransactionInProgressException',
];

const toApiError = (error: Error): Error => (TRANSIENT.includes(error.name) ? unavailable(error) : error);
