import type { RequestLog } from '../../http/records/request-log';
import { costParts, hasBudget, monthOfOwner } from './budgets';
import type { Counter } from './counters';
import type { Prices } from './priced';
import type { RateLimited } from './rate-limited';
import { type Parts, useOf } from './use';
import { dayOf } from './windows';

/** Tokens to add to a counter, or running requests to subtract from one. */
export interface Debt {
  readonly counter: Counter;
  readonly amount: number;
  readonly parts: Parts;
  /** The counters that count one more member if this one was at 0. */
  readonly firstOf?: readonly Counter[];
}

/** What an answer that is over adds to the counters of the request's owners. */
export function debtsOf(log: RequestLog, limited: readonly RateLimited[], time: Date, prices: Prices): Debt[] {
  const { tokens: amount, ofTenant, ofMember, ofProject } = useOf(log);
  const cost = costParts(prices.costOf(log));
  return limited.flatMap((of) => {
    const { kind, member } = of;
    const debts: Debt[] = [];
    if (hasDay(of)) {
      const parts = member !== undefined ? ofMember : ['project', 'label'].includes(kind) ? ofProject : ofTenant;
      debts.push({ counter: dayOf(of, time).counter, amount, parts });
    }
    // A project's month is counted without a budget too, so that its usage can be asked for.
    if (kind === 'project' || of.countsMonth || hasBudget(of)) {
      debts.push({ counter: monthOfOwner(of, time).counter, amount, parts: cost, ...firstOf(of, limited, time) });
    }
    return debts;
  });
}

/** A project's key has no limit of a day, and neither have the budgets of several members and their shares. */
const hasDay = ({ kind, member }: RateLimited): boolean =>
  ['project', 'label', 'workspace', 'member'].includes(kind) || (kind === 'key' && member !== undefined);

/**
 * Whose number of members grows with the first use of a member: the course, or the group and the workspace. Members who use courses only
 * aren't among those of the workspace, so that no member counts twice.
 */
function firstOf(of: RateLimited, limited: readonly RateLimited[], time: Date): Pick<Debt, 'firstOf'> {
  const kinds = FIRST_OF[of.kind] ?? [];
  const shared = limited.filter((one) => kinds.includes(one.kind) && hasBudget(one));
  return shared.length === 0 ? {} : { firstOf: shared.map((one) => monthOfOwner(one, time).counter) };
}

const FIRST_OF: Readonly<Partial<Record<RateLimited['kind'], readonly RateLimited['kind'][]>>> = {
  share: ['course'],
  member: ['group', 'workspace'],
};
