import type { RequestLog } from '../../http/records/request-log';
import { costParts, hasBudget, monthOfOwner } from './budgets';
import type { Counter } from './counters';
import type { Prices } from './priced';
import type { RateLimited } from './rate-limited';
import { type Parts, useOf } from './use';
import { labelTokensOf, tokensOf } from './windows';

/** Tokens to add to a counter, or running requests to subtract from one. */
export interface Debt {
  readonly counter: Counter;
  readonly amount: number;
  readonly parts: Parts;
}

/** What an answer that is over adds to the counters of the request's owners. */
export function debtsOf(log: RequestLog, limited: readonly RateLimited[], time: Date, prices: Prices): Debt[] {
  const { tokens: amount, ofTenant, ofMember, ofProject } = useOf(log);
  const cost = costParts(prices.costOf(log));
  return limited.flatMap((of) => {
    const { kind, tenant, member, key, label } = of;
    const debts: Debt[] = [];
    // A project's key has no limit of a day.
    if (kind !== 'key' || member !== undefined) {
      const parts = member !== undefined ? ofMember : kind === 'project' ? ofProject : ofTenant;
      debts.push({ counter: tokensOf(tenant, time, member, key).counter, amount, parts });
    }
    if (label !== undefined)
      debts.push({ counter: labelTokensOf(tenant, time, label).counter, amount, parts: ofProject });
    // A project's month is counted without a budget too, so that its usage can be asked for.
    if (kind === 'project' || (hasBudget(of) && member === undefined)) {
      debts.push({ counter: monthOfOwner(of, time).counter, amount, parts: cost });
    }
    return debts;
  });
}
