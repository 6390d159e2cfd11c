import { NANO_DOLLARS } from '../../../contract/token-prices';
import { ApiError } from '../errors/api-error';
import type { Counters } from './counters';
import { seconds } from './limit-headers';
import { OWNER_HAS, type RateLimited } from './rate-limited';
import type { Parts } from './use';
import {
  monthOfGroup,
  monthOfLabel,
  monthOfMember,
  monthOfMemberKey,
  monthOfTenant,
  type Window,
  wholeCourse,
} from './windows';

/** A budget of a month in one unit, and what is used of it. */
export interface Budget {
  readonly of: RateLimited;
  readonly unit: 'tokens' | 'usd';
  /** In tokens or in US dollars. */
  readonly cap: number;
  /** The used part of the cap, 1 when it is reached. */
  readonly share: number;
  /** When the next month begins, or the course is over. */
  readonly end: Date;
  /** Whether it may be said that it is nearly used up: not of a budget that few members share. */
  readonly isShown: boolean;
}

/** The part of a shared budget's count that has the number of members who used it. */
const MEMBERS = 'members';

/** Counts one more member. */
export const ONE_MEMBER: Parts = { [MEMBERS]: 1 };

/** The part of a month's count that has the cost, in billionths of a US dollar. */
const NANO = 'nanoUsd';

/** The parts of a month's count with a cost. */
export const costParts = (nanoDollars: number): Parts => (nanoDollars > 0 ? { [NANO]: nanoDollars } : {});

/** The cost in a month's parts, in billionths of a US dollar. */
export const costIn = (parts: Parts): number => parts[NANO] ?? 0;

/** The month of an owner's budget, or the whole of its course. */
export function monthOfOwner({ kind, tenant, key, member, group, course, label }: RateLimited, time: Date): Window {
  if (label !== undefined) return monthOfLabel(tenant, time, label);
  if (course !== undefined) return wholeCourse(tenant, course, member);
  if (kind === 'group' && group !== undefined) return monthOfGroup(tenant, time, group);
  if (member === undefined) return monthOfTenant(tenant, time, key);
  return key === undefined ? monthOfMember(tenant, time, member) : monthOfMemberKey(tenant, time, member, key);
}

/** Whether an owner has a budget. */
export const hasBudget = ({ tokensPerMonth, usdPerMonth }: RateLimited): boolean =>
  tokensPerMonth !== undefined || usdPerMonth !== undefined;

/**
 * The budgets of an owner, with what is used of them; none without budgets. A member's share of a course is read without a budget too,
 * which lets the store forget it as late as the course: a member whose share is gone would count as another member of the course.
 *
 * @throws if the store can't be reached
 */
export async function budgetsOf(counters: Counters, of: RateLimited, time: Date): Promise<Budget[]> {
  if (!hasBudget(of) && of.kind !== 'share') return [];
  const { counter, end } = monthOfOwner(of, time);
  const { count, parts } = await counters.readAll(counter);
  const { tokensPerMonth: tokens, usdPerMonth: usd, minimumGroup = 0 } = of;
  const common = { of, end, isShown: (parts[MEMBERS] ?? 0) >= minimumGroup };
  return [
    ...(tokens === undefined ? [] : [{ ...common, unit: 'tokens' as const, cap: tokens, share: count / tokens }]),
    ...(usd === undefined
      ? []
      : [{ ...common, unit: 'usd' as const, cap: usd, share: costIn(parts) / nanoDollars(usd) }]),
  ];
}

/** Whole numbers compare exactly. */
const nanoDollars = (usd: number) => Math.round(usd * NANO_DOLLARS);

/** The share from which answers warn. */
const WARNED = 0.8;

/** The state of a budget of several members, in place of figures from which the use of a few would follow. */
export function stateOf({ share, isShown }: Budget): 'open' | 'warning' | 'reached' {
  if (share >= 1) return 'reached';
  return share >= WARNED && isShown ? 'warning' : 'open';
}

/** Whether what it counts is that of several members or customers. */
export const isShared = ({ minimumGroup }: RateLimited): boolean => minimumGroup !== undefined;

/** Whether answers warn of a budget. */
export const isWarned = (budget: Budget): boolean => stateOf(budget) !== 'open';

/**
 * The header of answers that are served while a budget is nearly used up: `project; unit=tokens; used=83%; cap=1000000;
 * resets=2027-01-01T00:00:00Z`, one entry for each budget. Of a budget of several members it has a state, and of a course its end.
 */
export function budgetHeader(budgets: readonly Budget[]): Record<string, string> {
  const warned = budgets.filter(isWarned);
  if (warned.length === 0) return {};
  const entries = warned.map((budget) => {
    const { of, unit, cap, share, end } = budget;
    const state = isShared(of) ? `state=${stateOf(budget)}` : `used=${percent(share)}%`;
    return `${of.kind}; unit=${unit}; ${state}; cap=${cap}; ${of.course ? 'ends' : 'resets'}=${toSecond(end)}`;
  });
  return { 'x-residency-budget': entries.join(', ') };
}

/** Rounded down, so that 100 means that the budget refuses. */
const percent = (share: number) => Math.floor(Math.min(share, 9.99) * 100);

/** A time in UTC, in whole seconds. */
export const toSecond = (time: Date): string => time.toISOString().replace('.000Z', 'Z');

/** The refusal of a request whose owner has used up a budget. */
export function overBudget({ of, unit, cap, end }: Budget, time: Date, headers: Record<string, string>): ApiError {
  const [its, more] = of.member !== undefined && of.key === undefined ? ['your', 'you have'] : ['its', 'it has'];
  const amount = unit === 'tokens' ? `${cap} tokens` : `${cap} US dollars`;
  const wait = `${seconds(end.getTime() - time.getTime())}`;
  return new ApiError(
    429,
    'insufficient_quota',
    `${OWNER_HAS[of.kind]} used ${its} ${amount} for ` +
      (of.course
        ? `the whole course '${of.course.id}'; use another key, or ask its teachers for more`
        : `this month; ${more} more from ${end.toISOString().slice(0, 10)} (UTC)`),
    // Otherwise OpenAI's clients would retry within seconds, in vain until the month ends.
    { type: 'tokens', headers: { ...headers, 'retry-after': wait, 'x-should-retry': 'false' } },
  );
}
