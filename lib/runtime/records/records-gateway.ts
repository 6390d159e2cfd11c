import { Hono, type MiddlewareHandler } from 'hono';
import { adminPath } from '../../contract/admin-path';
import type { Gateway, GatewayEnv } from '../gateway/request/gateway-env';
import { answerError, type RecordingOptions, recording } from '../gateway/request/recording';
import { ApiError } from '../http/api-error';
import { RECORD_KINDS, type RecordLog, type RecordQuery, UnknownPage } from './record-log';

/** What shows records to auditors is made of. */
export interface RecordsGatewayOptions extends RecordingOptions {
  readonly records: RecordLog;
  /** Lets in auditors of the workspace alone. It is run before the route. */
  readonly middleware: readonly MiddlewareHandler<GatewayEnv>[];
}

export const RECORDS_PATH = adminPath('records');

const DAY_MS = 86_400_000;
const MOST_IN_PAGE = 1_000;

/** The path by which an auditor reads what was asked and done in a workspace, without any content. */
export function recordsGateway({ records, middleware, ...options }: RecordsGatewayOptions): Gateway {
  const now = options.now ?? (() => new Date());
  const app = new Hono<GatewayEnv>();
  app.use(recording(options));
  for (const one of middleware) app.use(one);
  app.get(RECORDS_PATH, async (c) => {
    const trail = c.get('trail');
    trail.route = 'records';
    trail.act = 'record.list';
    const page = await records.page(queryOf(new URL(c.req.url).searchParams, now()));
    return c.json({ object: 'list', data: page.records, has_more: page.next !== undefined, next: page.next ?? null });
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

/** What each parameter may be. */
const ALLOWED: Readonly<Record<string, string>> = {
  of: RECORD_KINDS.map((kind) => `'${kind}'`).join(' or '),
  since: "a time before 'until', such as 2026-11-27T00:00:00Z; a day before it when left out",
  until: 'a time such as 2026-11-28T00:00:00Z; now when left out',
  limit: `a whole number from 1 to ${MOST_IN_PAGE}`,
  member: "the 'sub' of a member's tokens",
  after: "the 'next' of a page before, of the same question",
};

const wrong = (param: string) => new ApiError(400, 'invalid_value', `'${param}' must be ${ALLOWED[param]}`, { param });

const nothingThere = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; docs/WORKSPACES.md lists what an auditor may ask for',
  );

/** Failures of CloudWatch that pass. */
const PASSING = ['ThrottlingException', 'LimitExceededException', 'ServiceUnavailableException', 'TimeoutError'];

function toApiError(error: Error): Error {
  if (!PASSING.includes(error.name)) return error;
  return new ApiError(503, 'records_unavailable', 'the records can not be read at the moment; try again', {
    headers: { 'retry-after': '1' },
    cause: error,
  });
}
