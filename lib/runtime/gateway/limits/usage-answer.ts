import { NANO_DOLLARS } from '../../../contract/token-prices';
import { budgetsOf, costIn, hasBudget, isShared, monthOfOwner, stateOf, toSecond } from './budgets';
import type { Counters } from './counters';
import type { RateLimited } from './rate-limited';
import { dayOf } from './windows';

/** What was used of something in a period. */
export interface Used {
  /** None of what several members or customers used: the use of a few would follow from it. */
  readonly used: number | null;
  /** None if there is no limit. */
  readonly cap: number | null;
  /** Of what is shared, whether it is used up, or will be soon. */
  readonly state?: ReturnType<typeof stateOf>;
}

interface Amounts {
  readonly tokens: Used;
  /** None if the deployment counts no amounts. */
  readonly usd: Used | null;
}

/** What an owner of limits used on the day and in the month of a request, in UTC. */
export interface OwnerUsage {
  readonly owner: RateLimited['kind'];
  readonly id: string;
  /** None if the owner's tokens of a day aren't counted. */
  readonly day: { readonly resets_at: string; readonly tokens: Used } | null;
  /** None if the owner's month isn't counted. */
  readonly month: ({ readonly resets_at: string } & Amounts) | null;
  /** For courses, which are counted as a whole. */
  readonly course?: { readonly ends_at: string } & Amounts;
}

/** The answer of `GET /v1/usage`. */
export interface UsageAnswer {
  readonly object: 'usage';
  readonly data: readonly OwnerUsage[];
}

/**
 * What the owners of a request's limits used, for the caller. A project's key without a budget
 * has no entry: its label and its project count.
 *
 * @param countsUsd whether amounts are counted
 * @throws if the store can't be reached
 */
export async function usageAnswer(
  counters: Counters,
  limited: readonly RateLimited[],
  time: Date,
  countsUsd: boolean,
): Promise<UsageAnswer> {
  const shown = limited.filter(isShown);
  return {
    object: 'usage',
    data: await Promise.all(
      shown.map((of) =>
        isShared(of) ? sharedUsage(counters, of, time, countsUsd) : ownUsage(counters, of, time, countsUsd),
      ),
    ),
  };
}

/** The caller's own use is shown without a limit too. */
const isShown = (of: RateLimited): boolean =>
  (!isShared(of) && ['project', 'label', 'member', 'share'].includes(of.kind)) ||
  hasBudget(of) ||
  of.tokensPerDay !== undefined;

async function ownUsage(counters: Counters, of: RateLimited, time: Date, countsUsd: boolean): Promise<OwnerUsage> {
  const { kind, tenant, member, key, course, label } = of;
  const hasDay = ['project', 'label', 'member'].includes(kind) || of.tokensPerDay !== undefined;
  const hasPeriod = kind === 'project' || of.countsMonth || hasBudget(of);
  const [day, period] = [dayOf(of, time), monthOfOwner(of, time)];
  const [ofDay, ofPeriod] = await Promise.all([
    hasDay ? counters.read(day.counter) : undefined,
    hasPeriod ? counters.readAll(period.counter) : undefined,
  ]);
  const amounts = ofPeriod && {
    tokens: { used: ofPeriod.count, cap: of.tokensPerMonth ?? null },
    usd: countsUsd ? { used: costIn(ofPeriod.parts) / NANO_DOLLARS, cap: of.usdPerMonth ?? null } : null,
  };
  return {
    owner: kind,
    id: course?.id ?? label ?? key ?? member ?? tenant,
    day:
      ofDay === undefined
        ? null
        : { resets_at: toSecond(day.end), tokens: { used: ofDay, cap: of.tokensPerDay ?? null } },
    ...periodOf(of, period.end, amounts),
  };
}

/** What several members or customers used, without figures. */
async function sharedUsage(counters: Counters, of: RateLimited, time: Date, countsUsd: boolean): Promise<OwnerUsage> {
  const { kind, tenant, group, course, tokensPerDay } = of;
  const day = dayOf({ tenant }, time);
  const [ofDay, budgets] = await Promise.all([
    tokensPerDay === undefined ? undefined : counters.read(day.counter),
    budgetsOf(counters, of, time),
  ]);
  const used = (unit: 'tokens' | 'usd'): Used => {
    const budget = budgets.find((one) => one.unit === unit);
    return { used: null, cap: budget?.cap ?? null, ...(budget && { state: stateOf(budget) }) };
  };
  const amounts = hasBudget(of) ? { tokens: used('tokens'), usd: countsUsd ? used('usd') : null } : undefined;
  return {
    owner: kind,
    id: course?.id ?? group ?? tenant,
    day:
      ofDay === undefined || tokensPerDay === undefined
        ? null
        : {
            resets_at: toSecond(day.end),
            tokens: { used: null, cap: tokensPerDay, state: ofDay >= tokensPerDay ? 'reached' : 'open' },
          },
    ...periodOf(of, monthOfOwner(of, time).end, amounts),
  };
}

const periodOf = (
  { course }: RateLimited,
  end: Date,
  amounts: Amounts | undefined,
): Pick<OwnerUsage, 'month' | 'course'> => {
  if (course !== undefined) return { month: null, ...(amounts && { course: { ends_at: toSecond(end), ...amounts } }) };
  return { month: amounts ? { resets_at: toSecond(end), ...amounts } : null };
};
