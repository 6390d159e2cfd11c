import type { Price } from './price';

/** The hours of a month, as AWS's own calculator counts them. */
export const HOURS = 730;

/** US dollars in whole cents; none if a price or a quantity is unknown. Sums of what is printed are then what is printed. */
export type Cents = number | undefined;

/** What a number of units costs, after those that are free. */
export function centsOf(price: Price | undefined, quantity: number | undefined): Cents {
  if (price === undefined || quantity === undefined) return undefined;
  const billed = Math.max(0, quantity - price.free);
  // Binary fractions: 0.12 × 100 is a little more than 12.
  return Math.round(Number(((billed / price.units) * price.usd * 100).toFixed(6)));
}

/** The sum of what is known. */
export const sumOf = (cents: readonly Cents[]): number => cents.reduce<number>((sum, one) => sum + (one ?? 0), 0);

/** `$1,234.50`, or `unknown`. */
export const dollars = (cents: Cents): string => (cents === undefined ? 'unknown' : `$${amount(cents)}`);

/** `1,234.50` */
export const amount = (cents: number): string =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
