import type { Bill } from './bill';
import type { CostLine } from './cost-line';

/** The bill of one account. */
export interface AccountBill {
  readonly account: string;
  readonly bill: Bill;
}

/** One bill over several accounts: each line's tenant begins with its account, because two accounts can have tenants of the same name. */
export function joinBills(bills: readonly AccountBill[]): Bill {
  const lines = (of: (bill: Bill) => readonly CostLine[]): CostLine[] =>
    bills.flatMap(({ account, bill }) => of(bill).map((line) => ({ ...line, tenant: `${account}/${line.tenant}` })));
  const byUse = new Map(bills.flatMap(({ bill }) => bill.fixed.byUse.map(({ type, by }) => [type, by] as const)));
  return {
    fixed: {
      lines: lines(({ fixed }) => fixed.lines),
      byUse: [...byUse].map(([type, by]) => ({ type, by })).sort((a, b) => a.type.localeCompare(b.type)),
      unknown: [...new Set(bills.flatMap(({ bill }) => bill.fixed.unknown))].sort(),
    },
    use: lines(({ use }) => use),
    gateways: bills.flatMap(({ bill }) => bill.gateways),
  };
}
