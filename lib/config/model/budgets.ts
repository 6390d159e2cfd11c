import type { ResidencyFile } from '../schema/schema';

/** Limits whose budgets in euros are converted to US dollars. */
export type InDollars<T> = Omit<T, `eur${string}`>;

/**
 * Limits with each budget in euros as one in US dollars, under the name with `usd`. Rounded down to a cent, so that a budget is never
 * exceeded by the conversion.
 */
export function inDollars<T extends object>(limits: T, currency: ResidencyFile['currency']): InDollars<T> {
  return Object.fromEntries(
    Object.entries(limits).map(([name, value]) =>
      name.startsWith('eur') && typeof value === 'number' && currency !== undefined
        ? // Binary fractions: 86 / 0.86 may be a little less than 100.
          [name.replace('eur', 'usd'), Math.floor(Number(((value / currency.EUR) * 100).toFixed(6))) / 100]
        : [name, value],
    ),
  ) as InDollars<T>;
}
