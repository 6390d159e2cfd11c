import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { isWholeCents, LEAST_USD, MOST_MONTH_TOKENS, MOST_USD } from '../../contract/budget';
import { PROJECT_LIMITS, type ProjectLimits } from '../../contract/policies/gateway-policy';
import { NAME } from '../../contract/schemas/gateway-schema';
import { MOST_MODELS, PROJECT_NAME } from '../gateway/open/project-item';

/** The highest value of each limit that `residency.yaml` can declare, by the name that the API gives it. */
const most = (highest: number) => z.optional(z.int().check(z.positive(), z.maximum(highest)));

/** The limits in a request: those that are missing are the declared ones. */
export const limitsForm = z.strictObject({
  requests_per_minute: most(100_000),
  tokens_per_day: most(1_000_000_000_000),
  concurrent_requests: most(10_000),
  tokens_per_month: most(MOST_MONTH_TOKENS),
  usd_per_month: z.optional(z.number().check(z.minimum(LEAST_USD), z.maximum(MOST_USD), z.refine(isWholeCents))),
});

/** The body of a request that creates a project. */
export const createForm = z.strictObject({
  name: z.optional(z.string().check(z.regex(PROJECT_NAME))),
  models: z.optional(
    z.array(z.string().check(z.regex(NAME))).check(z.minLength(1), z.maxLength(MOST_MODELS), isUnique()),
  ),
  limits: z.optional(limitsForm),
});

/** Whether a list names nothing twice. */
function isUnique() {
  return z.refine<string[]>((models) => new Set(models).size === models.length);
}

/** What a project is created with. */
export interface Requested {
  readonly name?: string;
  readonly models?: readonly string[];
  readonly limits: ProjectLimits;
}

/** The name of each limit in the API. */
export const LIMIT_NAMES = {
  requestsPerMinute: 'requests_per_minute',
  tokensPerDay: 'tokens_per_day',
  concurrentRequests: 'concurrent_requests',
  tokensPerMonth: 'tokens_per_month',
  usdPerMonth: 'usd_per_month',
} as const satisfies Readonly<Record<keyof ProjectLimits, keyof z.output<typeof limitsForm>>>;

/** The limits of a request. */
export const limitsOf = (given: z.output<typeof limitsForm> = {}): ProjectLimits =>
  Object.fromEntries(
    PROJECT_LIMITS.flatMap((limit) => {
      const value = given[LIMIT_NAMES[limit]];
      return value === undefined ? [] : [[limit, value]];
    }),
  );

const BUDGETS: readonly (keyof ProjectLimits)[] = ['tokensPerMonth', 'usdPerMonth'];

/**
 * What recognises a repeated request: SHA-256 in base64url. The order in which it names models and limits means nothing. The row
 * has the content too, so the digest needs no salt.
 */
export function digestOf({ name, models, limits }: Requested): string {
  const given = (some: readonly (keyof ProjectLimits)[]) => some.map((one) => limits[one] ?? null);
  const budgets = given(BUDGETS);
  const content = [
    name ?? null,
    models ? [...models].sort() : null,
    given(PROJECT_LIMITS.filter((one) => !BUDGETS.includes(one))),
    // A request without budgets has the digest that versions without budgets gave it.
    ...(budgets.some((budget) => budget !== null) ? [budgets] : []),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
