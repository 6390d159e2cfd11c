import { Hono, type MiddlewareHandler } from 'hono';
import { adminPath } from '../../contract/admin-path';
import { isInForce, type PerMember } from '../../contract/monitoring';
import { answerError, type RecordingOptions, recording } from '../http/handler/recording';
import type { FetchHandler, RequestEnv } from '../http/handler/request-env';
import type { RecordAct } from './acts';
import { ApiError } from './api-error';
import type { MemberUsage } from './member-usage';
import { RECORD_KINDS, type RecordLog, type RecordQuery, UnknownPage } from './record-log';

/** The parts of the API that shows records to auditors. */
export interface RecordsGatewayOptions extends RecordingOptions {
  readonly records: RecordLog;
  /** Admits auditors of the workspace only. It runs before the route. */
  readonly middleware: readonly MiddlewareHandler<RequestEnv>[];
  /** None, unless use of single members is opened to auditors. */
  readonly perMember?: PerMember;
  /** The use of single members; none unless it is opened to auditors. */
  readonly usage?: MemberUsage;
}

export const RECORDS_PATH = adminPath('records');

/** The path below it for the use of single members. */
const USAGE_PATH = `${RECORDS_PATH}/usage`;

/** Whether this API serves a path. */
export const isRecordsPath = (path: string): boolean => path === RECORDS_PATH || path.startsWith(`${RECORDS_PATH}/`);

const LIST: RecordAct = 'record.list';
const LIST_USAGE: RecordAct = 'usage.list';

const DAY_MS = 86_400_000;
const DAY_LENGTH = 'YYYY-MM-DD'.length;
const MOST_IN_PAGE = 1_000;

/** The path by which an auditor reads the records of requests and acts in a workspace, without any content. */
export function recordsGateway({
  records,
  middleware,
  perMember,
  usage,
  ...options
}: RecordsGatewayOptions): FetchHandler {
  const now = options.now ?? (() => new Date());
  const app = new Hono<RequestEnv>();
  app.use(recording(options));
  for (const one of middleware) app.use(one);
  app.get(RECORDS_PATH, async (c) => {
    const log = c.get('log');
    log.route = 'records';
    log.act = LIST;
    const query = queryOf(new URL(c.req.url).searchParams, now());
    const namesMembers = query.of !== 'requests' || isInForce(perMember, now());
    if (query.member !== undefined) {
      if (!namesMembers) throw notMonitored("'member' is refused for requests", 'member');
    }
    const page = await records.page(query);
    // The text of a request enters a record only if it is known as a member's ID.
    if (query.member !== undefined && page.records.length > 0) log.about = query.member;
    const data = namesMembers ? page.records : page.records.map(({ member, ...record }) => record);
    return c.json({ object: 'list', data, has_more: page.next !== undefined, next: page.next ?? null });
  });
  app.get(USAGE_PATH, async (c) => {
    const log = c.get('log');
    log.route = 'records';
    log.act = LIST_USAGE;
    if (usage === undefined || !isInForce(perMember, now())) throw notMonitored('the use of single members is refused');
    const { since, until } = daysOf(new URL(c.req.url).searchParams, now());
    return c.json({ object: 'list', since, until, data: await usage.of(since, until), has_more: false });
  });
  app.notFound((c) => answerError(c, nothingThere()));
  app.onError((error, c) => answerError(c, error instanceof UnknownPage ? wrong('after') : toApiError(error)));
  return { fetch: (request) => app.fetch(request) };
}

function queryOf(given: URLSearchParams, now: Date): RecordQuery {
  const text = (name: string, form: RegExp, otherwise: string): string => {
    const value = given.get(name) ?? otherwise;
    if (!form.test(value)) throw wrong(name);
    return value;
  };
  const time = (name: string, otherwise: number): Date => {
    const value = new Date(text(name, TIME, new Date(otherwise).toISOString()));
    if (Number.isNaN(value.getTime())) throw wrong(name);
    return value;
  };
  const of = RECORD_KINDS.find((kind) => kind === (given.get('of') ?? 'requests'));
  if (of === undefined) throw wrong('of');
  const until = time('until', now.getTime());
  const since = time('since', until.getTime() - DAY_MS);
  if (since >= until) throw wrong('since');
  const limit = Number(text('limit', /^[1-9]\d{0,3}$/, '100'));
  if (limit > MOST_IN_PAGE) throw wrong('limit');
  const member = text('member', /^[\w-]{0,64}$/, '');
  const after = text('after', /^[\w-]{0,4096}$/, '');
  return { of, since, until, limit, ...(member !== '' && { member }), ...(after !== '' && { after }) };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** The permitted values of each parameter. */
const ALLOWED: Readonly<Record<string, string>> = {
  of: RECORD_KINDS.map((kind) => `'${kind}'`).join(' or '),
  since: "a time before 'until', such as 2026-11-27T00:00:00Z; by default, a day before it",
  until: 'a time such as 2026-11-28T00:00:00Z; now by default',
  limit: `a whole number from 1 to ${MOST_IN_PAGE}`,
  member: "the 'sub' of a member's tokens",
  after: "the 'next' of an earlier page of the same query",
};

const wrong = (param: string) => new ApiError(400, 'invalid_value', `'${param}' must be ${ALLOWED[param]}`, { param });

/** Records of requests that name one member show how that member works. */
const notMonitored = (what: string, param?: string) =>
  new ApiError(
    403,
    'monitoring_refused',
    `${what}: this deployment doesn't show what single members did; if that is needed, agree on it with those concerned, and ` +
      "declare 'monitoring: { perMember: { reason, approver, until } }' in its residency.yaml; records of acts and rights can be " +
      "asked for by 'member'",
    param === undefined ? {} : { param },
  );

/** The days of a query, both inclusive; by default 30 that end today. */
function daysOf(given: URLSearchParams, now: Date): { readonly since: string; readonly until: string } {
  const day = (name: string, otherwise: number): string => {
    const text = given.get(name) ?? new Date(otherwise).toISOString().slice(0, DAY_LENGTH);
    const time = new Date(`${text}T00:00:00Z`);
    if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time.getTime())) return text;
    throw new ApiError(400, 'invalid_value', `'${name}' must be a day such as 2026-11-24`, { param: name });
  };
  const until = day('until', now.getTime());
  const since = day('since', Date.parse(until) - 29 * DAY_MS);
  if (since <= until) return { since, until };
  throw new ApiError(400, 'invalid_value', "'since' must be a day that isn't after 'until'", { param: 'since' });
}

const nothingThere = () =>
  new ApiError(404, 'unknown_url', 'there is nothing at this path; docs/WORKSPACES.md lists the paths for auditors');

/** Transient failures of CloudWatch. */
const TRANSIENT = ['ThrottlingException', 'LimitExceededException', 'ServiceUnavailableException', 'TimeoutError'];

function toApiError(error: Error): Error {
  if (!TRANSIENT.includes(error.name)) return error;
  return new ApiError(503, 'records_unavailable', 'the records can not be read at the moment; try again', {
    headers: { 'retry-after': '1' },
    cause: error,
  });
}
