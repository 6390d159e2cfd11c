import { type FactKind, isStale } from '../facts/age';
import type { Sourced } from '../facts/types';
import type { Basis } from './inventory-line';

/**
 * The basis of a fact that AWS states, with its age.
 *
 * @param origin the facts release that has its row; none for a row of the package
 */
export const claimed = (kind: FactKind, fact: Pick<Sourced, 'asOf'>, now: Date, origin?: string): Basis => ({
  kind: 'claimed',
  by: 'AWS',
  asOf: fact.asOf,
  ...(origin !== undefined && { origin }),
  stale: isStale(kind, fact, now),
});
