import { actionsOf, type Row, type Target } from '../calls/row';
import { rowsOf } from '../calls/rows';
import type { Account } from './account';
import type { Call, Declared } from './call';
import { derivedCalls } from './derived-calls';

/** Every call that a deployment's functions can make. */
export const callsOf = (account: Account, declared: Declared): Call[] =>
  account.functions.flatMap((fn) => {
    const { tenant, rows } = rowsOf(fn);
    const destinations = tenant === undefined ? declared.all : declared.ofTenant(tenant);
    const target: Target = { fn, account, destinations, workspace: tenant ?? '' };
    return rows.flatMap((row) => callsOfRow(row, target)).flatMap((call) => [call, ...derivedCalls(call, account)]);
  });

const callsOfRow = (row: Row, target: Target): Call[] =>
  row.on(target).flatMap((on) =>
    actionsOf(row, on).map((action) => ({
      fn: target.fn,
      by: row.by,
      action,
      on,
      context: row.context?.(target) ?? {},
      byLambda: row.byLambda === true,
    })),
  );
