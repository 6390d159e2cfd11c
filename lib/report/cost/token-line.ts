import { type TokenKind, tokenPrices } from '../../contract/token-prices';
import { isStale } from '../../facts/age';
import { priceFactOf } from '../../facts/price-of';
import type { CostLine } from './cost-line';
import { centsOf } from './money';
import type { Price } from './price';

const MILLION = 1_000_000;

/** The item of the tokens of each kind, for the model or profile that is called. */
const ITEMS: Readonly<Record<TokenKind, (id: string) => string>> = {
  input: (id) => `input of ${id}`,
  output: (id) => `output of ${id}`,
  cacheRead: (id) => `input of ${id}, from its cache`,
  cacheWrite: (id) => `input of ${id}, to its cache`,
};

/** Tokens of one kind at one destination. */
export interface BilledTokens extends Pick<CostLine, 'tenant' | 'part' | 'region'> {
  /** The model or profile that is called. */
  readonly id: string;
  readonly kind: TokenKind;
  readonly tokens: number;
}

/** What tokens cost: the same line for tokens that are assumed and for those that were used. */
export function tokenLine({ tenant, part, region, id, kind, tokens }: BilledTokens, now: Date): CostLine {
  const fact = priceFactOf(id, region);
  const usd = fact && tokenPrices(fact)[kind];
  const price: Price | undefined =
    fact === undefined || usd === undefined
      ? undefined
      : {
          usd,
          units: MILLION,
          unit: 'tokens',
          free: 0,
          source: fact.source,
          asOf: fact.asOf,
          stale: isStale('price', fact, now),
        };
  return {
    tenant,
    part,
    region,
    item: ITEMS[kind](id),
    model: id,
    quantity: tokens,
    price,
    cents: centsOf(price, tokens),
  };
}
