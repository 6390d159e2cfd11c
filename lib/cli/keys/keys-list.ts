import { visible } from '../../html/visible';
import { columns } from '../../report/columns';
import type { KeyRecord } from '../../runtime/gateway/keys/key-record';
import { tableWidth } from '../shared/table-width';

const HEADINGS = ['id', 'created', 'state', 'label'];
const BUDGET = 'month';

/** Keys as a table for people. */
export function keysTable(records: readonly KeyRecord[], now: Date): string {
  // Most keys have no budget, and then no column.
  const hasBudgets = records.some((record) => budget(record) !== '');
  const further = (text: string) => (hasBudgets ? [text] : []);
  const rows = [
    [...HEADINGS.slice(0, -1), ...further(BUDGET), ...HEADINGS.slice(-1)],
    ...records.map((record) => [
      ...[record.id, day(record.created), state(record, now)],
      ...further(budget(record)),
      visible(record.label ?? ''),
    ]),
  ];
  return columns(rows, tableWidth()).join('\n');
}

/** The budget of a month: `1000000 tokens, $49.90`. */
const budget = ({ tokensPerMonth, usdPerMonth }: KeyRecord): string =>
  [
    ...(tokensPerMonth === undefined ? [] : [`${tokensPerMonth} tokens`]),
    ...(usdPerMonth === undefined ? [] : [`$${usdPerMonth.toFixed(2)}`]),
  ].join(', ');

function state({ expires, revoked, previous }: KeyRecord, now: Date): string {
  if (revoked !== undefined) return `revoked ${day(revoked)}`;
  if (expires !== undefined && expires <= now) return `expired ${day(expires)}`;
  const own = expires === undefined ? 'works' : `works until ${minute(expires)}`;
  const overlaps = previous !== undefined && now < previous.expires;
  return overlaps ? `${own}; old secret until ${minute(previous.expires)}` : own;
}

const day = (date: Date) => date.toISOString().slice(0, 10);
const minute = (date: Date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
