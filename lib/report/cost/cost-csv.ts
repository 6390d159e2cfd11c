import { csvLine } from '../csv';
import type { CostLine } from './cost-line';
import { type Currency, euroCents } from './currency';

const HEADINGS = ['tenant', 'part', 'region', 'item', 'quantity', 'unit', 'price', 'price_units', 'free', 'usd'];
const SOURCE = ['price_as_of', 'price_source'];

/** The lines of a bill as CSV (RFC 4180), by tenant. What is unknown says so. */
export function costCsv(lines: readonly CostLine[], currency?: Currency): string {
  const tenants = [...new Set(lines.map(({ tenant }) => tenant))];
  const rows = tenants
    .flatMap((tenant) => lines.filter((line) => line.tenant === tenant))
    .map((line) => costRow(line, currency));
  return [costHeadings(currency), ...rows].map(csvLine).join('\n');
}

/** The headings of the cells of a line. */
export const costHeadings = (currency?: Currency): string[] => [...HEADINGS, ...(currency ? ['eur'] : []), ...SOURCE];

/**
 * The cells of a line.
 *
 * @param euros its amount in cents of a euro, if it isn't that of its dollars alone
 */
export function costRow(
  { tenant, part, region, item, quantity, price, cents }: CostLine,
  currency?: Currency,
  euros?: number,
): string[] {
  const money = (amount: number) => (amount / 100).toFixed(2);
  return [
    ...[tenant, part, region, item],
    quantity === undefined ? UNKNOWN : `${Number(quantity.toPrecision(12))}`,
    ...(price === undefined
      ? ['', UNKNOWN, '', '']
      : [price.unit, `${price.usd}`, `${price.units}`, `${Number(price.free.toPrecision(12))}`]),
    cents === undefined ? UNKNOWN : money(cents),
    ...(currency === undefined ? [] : [cents === undefined ? UNKNOWN : money(euros ?? euroCents(cents, currency))]),
    price?.asOf ?? '',
    price?.source ?? '',
  ];
}

const UNKNOWN = 'unknown';
