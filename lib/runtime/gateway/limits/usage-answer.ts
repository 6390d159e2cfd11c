import { NANO_DOLLARS } from '../../../contract/token-prices';
import { costIn, hasBudget, monthOfOwner, toSecond } from './budgets';
import type { Counters } from './counters';
import type { RateLimited } from './rate-limited';
import { tokensOf } from './windows';

/** What was used of something in a period. */
export interface Used {
  readonly used: number;
  /** None if there is no limit. */
  readonly cap: number | null;
}

/** What an owner of limits used on the day and in the month of a request, in UTC. */
export interface OwnerUsage {
  readonly owner: RateLimited['kind'];
  readonly id: string;
  /** None if the owner's tokens of a day aren't counted. */
  readonly day: { readonly resets_at: string; readonly tokens: Used } | null;
  readonly month: {
    readonly resets_at: string;
    readonly tokens: Used;
    /** None if the deployment counts no amounts. */
    readonly usd: Used | null;
  } | null;
}

/** The answer of `GET /v1/usage`. */
export interface UsageAnswer {
  readonly object: 'usage';
  readonly data: readonly OwnerUsage[];
}

/**
 * What the owners of a request's limits used, for the caller. A project's key without a budget has no entry: only its project counts.
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
  const shown = limited.filter((of) => of.kind === 'project' || (of.kind === 'key' && hasBudget(of)));
  return { object: 'usage', data: await Promise.all(shown.map((of) => usageOf(counters, of, time, countsUsd))) };
}

async function usageOf(counters: Counters, of: RateLimited, time: Date, countsUsd: boolean): Promise<OwnerUsage> {
  const [day, month] = [tokensOf(of.tenant, time), monthOfOwner(of, time)];
  const isKey = of.kind === 'key';
  const [ofDay, ofMonth] = await Promise.all([
    isKey ? undefined : counters.read(day.counter),
    counters.readAll(month.counter),
  ]);
  return {
    owner: of.kind,
    id: of.key ?? of.tenant,
    day:
      ofDay === undefined
        ? null
        : { resets_at: toSecond(day.end), tokens: { used: ofDay, cap: of.tokensPerDay ?? null } },
    month: {
      resets_at: toSecond(month.end),
      tokens: { used: ofMonth.count, cap: of.tokensPerMonth ?? null },
      usd: countsUsd ? { used: costIn(ofMonth.parts) / NANO_DOLLARS, cap: of.usdPerMonth ?? null } : null,
    },
  };
}
