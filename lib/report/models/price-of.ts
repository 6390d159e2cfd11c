import { isStale } from '../../facts/age';
import { priceFactOf } from '../../facts/price-of';
import type { PriceFact } from '../../facts/types';

/** What the provider charges for a model, in US dollars for a million tokens; the names are part of the JSON. */
export type Price = Pick<
  PriceFact,
  'inputPerMillion' | 'outputPerMillion' | 'cacheReadPerMillion' | 'cacheWritePerMillion' | 'currency' | 'asOf'
> & { readonly stale: boolean };

/** The price of a model or profile called from a Region; none if no reliable source has it. */
export function priceOf(id: string, region: string, now: Date): Price | undefined {
  const fact = priceFactOf(id, region);
  if (fact === undefined) return undefined;
  const { inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion, currency, asOf } = fact;
  return {
    inputPerMillion,
    outputPerMillion,
    cacheReadPerMillion,
    cacheWritePerMillion,
    currency,
    asOf,
    stale: isStale('price', fact, now),
  };
}

/** A price in one phrase: `$3.30 in, $16.50 out for a million tokens, as of 2026-11-20`. */
export function priceText({ inputPerMillion, outputPerMillion, asOf, stale }: Price): string {
  const dollars = (amount: number) =>
    `$${Math.abs(Math.round(amount * 100) - amount * 100) < 1e-6 ? amount.toFixed(2) : amount}`;
  return `${dollars(inputPerMillion)} in, ${dollars(outputPerMillion)} out for a million tokens, as of ${asOf}${stale ? '*' : ''}`;
}
