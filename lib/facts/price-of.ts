import { PRICES } from './generated/prices';
import { isReliable } from './reliance';
import type { PriceFact } from './types';

/** The fact of what a model or profile called from a Region costs; none if no reliable source has it. */
export const priceFactOf = (id: string, region: string): PriceFact | undefined =>
  PRICES.find((row) => row.id === id && (row.region ?? region) === region && isReliable(row));
