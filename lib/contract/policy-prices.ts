import { priceFactOf } from '../facts/price-of';
import { type PolicyPrice, tokenPrices } from './token-prices';

/** A destination, as far as its price depends on it. */
interface Called {
  readonly provider: string;
  readonly id: string;
  readonly sourceRegion: string;
}

/** The price of a destination; none if no reliable source has it, as of every server. */
export function policyPrice({ provider, id, sourceRegion: region }: Called): PolicyPrice | undefined {
  const fact = provider === 'bedrock' ? priceFactOf(id, region) : undefined;
  return fact && { id, region, ...tokenPrices(fact) };
}

/** The prices of destinations that have one, each once. */
export function policyPrices(destinations: readonly Called[]): PolicyPrice[] {
  const prices = new Map<string, PolicyPrice>();
  for (const destination of destinations) {
    const price = policyPrice(destination);
    if (price !== undefined) prices.set(`${price.region} ${price.id}`, price);
  }
  return [...prices.values()];
}
