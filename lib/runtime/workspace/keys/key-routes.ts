import * as z from 'zod/mini';
import { isWholeCents, LEAST_USD, MOST_MONTH_TOKENS, MOST_USD } from '../../../contract/budget';
import type { PolicyCourse } from '../../../contract/courses';
import type { ContentRequest, ContentRoute } from '../../gateway/context/content';
import { readQuery } from '../../http/page';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { guarded } from '../store/guarded';
import { ApiError } from './api-error';
import { Courses } from './courses';
import type { MemberKeys } from './member-keys';

const DAY_SECONDS = 86_400;

/** How long a key is valid if its member doesn't say, and at most. */
const DEFAULT_DAYS = 90;
const MAX_DAYS = 365;

const newKey = z.strictObject({
  // One line, so that it can't disturb a list in a terminal.
  name: z.string().check(z.regex(/^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]{0,98}[^\s\p{C}])?$/u)),
  expires_at: z.nullish(z.int()),
  models: z.nullish(z.array(z.string().check(z.maxLength(128))).check(z.minLength(1), z.maxLength(50))),
  course: z.nullish(z.string().check(z.minLength(1), z.maxLength(64))),
  limits: z.nullish(
    z.strictObject({
      requests_per_minute: z.nullish(z.int().check(z.minimum(1), z.maximum(100_000))),
      tokens_per_day: z.nullish(z.int().check(z.minimum(1), z.maximum(1_000_000_000))),
      tokens_per_month: z.nullish(z.int().check(z.minimum(1), z.maximum(MOST_MONTH_TOKENS))),
      usd_per_month: z.nullish(z.number().check(z.minimum(LEAST_USD), z.maximum(MOST_USD), z.refine(isWholeCents))),
    }),
  ),
});

/** What a key can be restricted to. */
export interface KeyChoices {
  /** The names of the workspace's models. */
  readonly models: ReadonlySet<string>;
  /** @default - the workspace has no courses */
  readonly courses?: Courses;
  /**
   * The names of the models without a price, for which no amount is counted.
   *
   * @default - the workspace counts no amounts
   */
  readonly unpriced?: ReadonlySet<string>;
}

/**
 * The paths by which members administer their own keys, with a token only.
 *
 * @param options what a key can be restricted to
 */
export function keyRoutes(keys: MemberKeys, options: KeyChoices, now: () => Date): ContentRoute[] {
  const { models, courses = new Courses() } = options;
  return [
    route('POST', '/v1/keys', async ({ request, member }) => {
      const { name, ...given } = parseRequest(newKey, await readJson(request), ['name']);
      const { requests_per_minute, tokens_per_day, tokens_per_month, usd_per_month } = given.limits ?? {};
      const course = given.course == null ? undefined : courses.choose(given.course, member.groups, now());
      const chosen = given.models ? knownModels(given.models, models, course) : undefined;
      if (usd_per_month != null) requirePrices(chosen ?? course?.models ?? [...models], options);
      return keys.create(member, {
        name,
        ends: endOf(given.expires_at ?? undefined, now()),
        ...(chosen && { models: chosen }),
        ...(course && { course: course.id }),
        ...(requests_per_minute && { requestsPerMinute: requests_per_minute }),
        ...(tokens_per_day && { tokensPerDay: tokens_per_day }),
        ...(tokens_per_month && { tokensPerMonth: tokens_per_month }),
        ...(usd_per_month && { usdPerMonth: usd_per_month }),
      });
    }),
    route('GET', '/v1/keys', async ({ request, member }) => {
      readQuery(request, []);
      return { object: 'list', data: await keys.list(member), has_more: false };
    }),
    route('DELETE', '/v1/keys/:id', async ({ member, params }) => {
      const id = params.id ?? '';
      await keys.revoke(member, id);
      return { id, object: 'api_key.deleted', deleted: true };
    }),
  ];
}

/** No key is content, so a hold doesn't keep it: a member must be able to revoke a key that leaked. */
function route(
  method: ContentRoute['method'],
  path: string,
  serve: (call: ContentRequest) => Promise<unknown>,
): ContentRoute {
  return {
    route: 'keys',
    method,
    path,
    removes: 'nothing',
    needsToken: true,
    serve: async (call) => {
      const answer = await guarded(serve(call));
      return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
    },
  };
}

/** The end of a key in Unix milliseconds. */
function endOf(requested: number | undefined, now: Date): number {
  const seconds = Math.floor(now.getTime() / 1_000);
  const end = requested ?? seconds + DEFAULT_DAYS * DAY_SECONDS;
  if (end > seconds && end <= seconds + MAX_DAYS * DAY_SECONDS) return end * 1_000;
  throw new ApiError(
    400,
    'invalid_value',
    `'expires_at' must be a time in the next ${MAX_DAYS} days, in Unix seconds; leave it out for ${DEFAULT_DAYS} days`,
    { param: 'expires_at' },
  );
}

function knownModels(given: readonly string[], models: ReadonlySet<string>, course?: PolicyCourse): string[] {
  const allowed = [...models].filter((name) => course?.models?.includes(name) ?? true);
  const unknown = given.findIndex((name) => !allowed.includes(name));
  if (unknown < 0) return [...new Set(given)];
  const whose = course?.models ? `the course '${course.id}'` : 'this workspace';
  throw new ApiError(
    400,
    'invalid_value',
    `'models[${unknown}]' must be the name of a model of ${whose}: ${allowed.join(', ')}; leave 'models' out for all of them`,
    { param: `models[${unknown}]` },
  );
}

/** @throws ApiError if an amount can't be counted for one of a key's models: every request of the key would be refused */
function requirePrices(models: readonly string[], { models: all, unpriced }: KeyChoices): void {
  const param = 'limits.usd_per_month';
  if (unpriced === undefined) {
    throw new ApiError(
      400,
      'invalid_value',
      `'${param}' can't apply here, because this workspace counts no amounts: none of its budgets is in USD or EUR; use ` +
        "'tokens_per_month', or ask its operator for such a budget",
      { param },
    );
  }
  const without = models.filter((name) => unpriced.has(name));
  if (without.length === 0) return;
  const priced = [...all].filter((name) => !unpriced.has(name));
  throw new ApiError(
    400,
    'invalid_value',
    `'${param}' can't be counted for these models of the key, which have no price: ${without.join(', ')}; use 'tokens_per_month'` +
      (priced.length > 0 ? `, or choose 'models' among ${priced.join(', ')}` : ''),
    { param },
  );
}
