import type { MiddlewareHandler } from 'hono';
import { addHeaders } from '../../http/handler/add-headers';
import type { RequestLog } from '../../http/records/request-log';
import { ApiError } from '../errors/api-error';
import type { GatewayEnv } from '../policy/gateway-env';
import { type Budget, budgetHeader, budgetsOf, isShared, isWarned, ONE_MEMBER, overBudget } from './budgets';
import type { Counter, Counters } from './counters';
import { type Debt, debtsOf } from './debts';
import { type LimitState, limitHeaders, seconds } from './limit-headers';
import { Prices } from './priced';
import { type LimitsOf, OWNER_HAS, type RateLimited } from './rate-limited';
import { begin, tooManyRunning } from './running';
import { countBytes } from './stored-bytes';
import { usesTokens } from './token-routes';
import { type UsageAnswer, usageAnswer } from './usage-answer';
import { added } from './use';
import { requestsOf, tokensOf } from './windows';

/** The state of one limit, and whether it refuses the request. */
interface CheckedLimit extends LimitState {
  readonly of: RateLimited;
  readonly isOver: boolean;
}

/**
 * Enforces limits on requests per minute, concurrent requests, tokens per day and budgets per month, and counts every tenant's tokens, limited or not. A
 * request counts before it is served, and as running until its answer has ended. Tokens count after the answer, when their number is
 * known. So answers that started below the limit may end above it.
 */
export class Limits {
  /** Counts that could not be written. The next write includes them. */
  private readonly owed = new Map<string, Debt>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly counters: Counters,
    private readonly limitsOf: LimitsOf,
    private readonly prices = new Prices(),
  ) {}

  /** Must run after authentication. */
  public readonly middleware: MiddlewareHandler<GatewayEnv> = async (c, next) => {
    const limited = this.limitsOf({
      project: c.get('project'),
      projectKey: c.get('projectKey'),
      member: c.get('member'),
    });
    if (limited === undefined) throw new Error('limits must run after authentication');
    const time = c.get('time');
    const log = c.get('log');
    // A member's own minute is counted first: a member who has used it up takes no place of a running request from others.
    const own = await checked([this.requests(limited.filter(isOfMember), time, true)]);
    const shared = own.some(({ isOver }) => isOver) ? [] : limited.filter((one) => !isOfMember(one));
    const { full, counter } = await this.countRunning(shared, time);
    try {
      // A request that is refused because of those that are running isn't one of the minute that all share.
      const counted = this.requests(shared, time, full === undefined);
      const [limits, budgets] = await Promise.all([
        checked([Promise.resolve(own), counted, ...limited.map((one) => this.tokens(one, time))]),
        this.budgets(limited, time),
      ]);
      const headers = { ...limitHeaders(limits), ...budgetHeader(budgets) };
      // A metric that tells of one member's budget would show how much that member uses.
      if (budgets.some((budget) => isWarned(budget) && !isOfMember(budget.of))) log.budgetWarning = true;
      const needsTokens = usesTokens(c.req);
      const tokens = limits.find(({ kind, isOver }) => isOver && needsTokens && kind === 'tokens');
      if (tokens !== undefined) throw tooManyTokens(tokens, headers);
      const used = budgets.find(({ share }) => share >= 1);
      if (used !== undefined && needsTokens) throw overBudget(used, time, headers);
      if (needsTokens && limited.some(({ usdPerMonth }) => usdPerMonth !== undefined)) {
        this.prices.require(c.get('policy'));
      }
      const requests = limits.find(({ kind, isOver }) => isOver && kind === 'requests');
      if (requests !== undefined) throw tooManyRequests(requests, headers);
      if (full !== undefined) throw tooManyRunning(full, log, headers);
      const storing = limited.find(({ storedBytesPerDay }) => storedBytesPerDay !== undefined);
      if (storing !== undefined) await countBytes(this.counters, storing, c.req, time).catch(unavailable);
      await next();
      addHeaders(c, headers);
    } finally {
      this.countWhenOver(log, limited, time, counter);
    }
  };

  /**
   * Counts a request as running. Only one owner of a request has such a limit.
   *
   * @returns the counter that the request is in until it ends, or the owner whose limit is reached; neither without a limit
   */
  private async countRunning(
    limited: readonly RateLimited[],
    time: Date,
  ): Promise<{ readonly counter?: Counter; readonly full?: RateLimited }> {
    for (const of of limited) {
      if (of.concurrentRequests === undefined) continue;
      const counter = await begin(this.counters, of.tenant, of.concurrentRequests, time).catch(unavailable);
      return counter === undefined ? { full: of } : { counter };
    }
    return {};
  }

  /**
   * What the owners of a request's limits used.
   *
   * @throws ApiError if the store can't be reached
   */
  public readonly usage = async (request: Parameters<LimitsOf>[0], time: Date): Promise<UsageAnswer> => {
    const limited = this.limitsOf(request) ?? [];
    return usageAnswer(this.counters, limited, time, this.prices.areKnown).catch(unavailable);
  };

  /** Resolves once the tokens of every answer are counted, or could not be counted for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  /**
   * Counts a request up to the first limit that refuses it: what a member may not send must not use up the limit of all members.
   *
   * @param counts whether the request counts, or the limits are only read
   */
  private async requests(limited: readonly RateLimited[], time: Date, counts: boolean): Promise<CheckedLimit[]> {
    const limits: CheckedLimit[] = [];
    for (const of of limited) {
      const { tenant, member, key, requestsPerMinute: limit } = of;
      if (limit === undefined) continue;
      const { counter, end } = requestsOf(tenant, time, member, key);
      const used = counts ? await this.counters.add(counter, 1, limit) : await this.counters.read(counter);
      const isOver = used === undefined || (!counts && used >= limit);
      limits.push({
        of,
        kind: 'requests',
        limit,
        used: used ?? limit,
        resetMs: end.getTime() - time.getTime(),
        isShared: isShared(of),
        isOver,
      });
      if (isOver) break;
    }
    return limits;
  }

  private async tokens(of: RateLimited, time: Date): Promise<CheckedLimit[]> {
    const { tenant, member, key, tokensPerDay: limit } = of;
    if (limit === undefined) return [];
    const { counter, end } = tokensOf(tenant, time, member, key);
    const used = await this.counters.read(counter);
    const resetMs = end.getTime() - time.getTime();
    return [{ of, kind: 'tokens', limit, used, resetMs, isShared: isShared(of), isOver: used >= limit }];
  }

  private async budgets(limited: readonly RateLimited[], time: Date): Promise<Budget[]> {
    const read = Promise.all(limited.map((one) => budgetsOf(this.counters, one, time)));
    return (await read.catch(unavailable)).flat();
  }

  private countWhenOver(
    log: RequestLog,
    limited: readonly RateLimited[],
    time: Date,
    running: Counter | undefined,
  ): void {
    const writing = Promise.resolve(log.streamed)
      .then(() => {
        return this.count([
          ...debtsOf(log, limited, time, this.prices),
          ...(running === undefined ? [] : [{ counter: running, amount: -1, parts: {} }]),
        ]);
      })
      .finally(() => this.writing.delete(writing));
    this.writing.add(writing);
  }

  /** Writes the new counts, and those that could not be written before, which may belong to another day. */
  private async count(debts: readonly Debt[]): Promise<void> {
    for (const debt of debts) this.owe(debt);
    const due = [...this.owed.values()];
    this.owed.clear();
    await Promise.all(
      due.map(async (debt) => {
        try {
          if (debt.amount < 0) await this.counters.subtract(debt.counter, -debt.amount);
          else await this.add(debt);
        } catch {
          // While the store fails, the next request of a limited tenant is refused and recorded, because it needs the store too.
          this.owe(debt);
        }
      }),
    );
  }

  private async add({ counter, amount, parts, firstOf = [] }: Debt): Promise<void> {
    const sum = await this.counters.add(counter, amount, undefined, parts);
    if (sum !== amount) return;
    // If that fails, a member isn't counted, which shows less. A repetition could count one member as two.
    await Promise.allSettled(firstOf.map((shared) => this.counters.add(shared, 0, undefined, ONE_MEMBER)));
  }

  private owe({ counter, amount, parts, firstOf }: Debt): void {
    if (amount === 0) return;
    const key = `${counter.tenant} ${counter.name}`;
    const before = this.owed.get(key);
    this.owed.set(key, {
      counter,
      amount: amount + (before?.amount ?? 0),
      parts: added(before?.parts ?? {}, parts),
      firstOf: firstOf ?? before?.firstOf,
    });
  }
}

/** If a limit can't be read, the request isn't served without it: the bill would be unbounded. */
async function checked(checks: readonly Promise<CheckedLimit[]>[]): Promise<CheckedLimit[]> {
  try {
    return (await Promise.all(checks)).flat();
  } catch (error) {
    return unavailable(error);
  }
}

function unavailable(error: unknown): never {
  if (error instanceof ApiError) throw error;
  throw new ApiError(503, 'limits_unavailable', "limits can't be checked at the moment; try again", {
    headers: { 'retry-after': '1' },
  });
}

function tooManyRequests({ of, limit, resetMs }: CheckedLimit, headers: Record<string, string>): ApiError {
  return new ApiError(
    429,
    'rate_limit_exceeded',
    `${OWNER_HAS[of.kind]} made ${its(of)} ${limit} requests for this minute; wait ${seconds(resetMs)} s and try again`,
    { type: 'requests', headers: { ...headers, 'retry-after': `${seconds(resetMs)}` } },
  );
}

function tooManyTokens({ of, limit, resetMs }: CheckedLimit, headers: Record<string, string>): ApiError {
  const more = of.kind === 'member' ? 'you have' : 'it has';
  return new ApiError(
    429,
    'insufficient_quota',
    `${OWNER_HAS[of.kind]} used ${its(of)} ${limit} tokens for this day; ${more} more from midnight UTC`,
    // Otherwise OpenAI's clients would retry within seconds, in vain until midnight.
    { type: 'tokens', headers: { ...headers, 'retry-after': `${seconds(resetMs)}`, 'x-should-retry': 'false' } },
  );
}

const isOfMember = ({ member }: RateLimited) => member !== undefined;

const its = ({ kind }: RateLimited) => (kind === 'member' ? 'your' : 'its');
