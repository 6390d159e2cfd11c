import { type FactKind, isStale } from '../facts/age';
import type { Sourced } from '../facts/types';
import type { Basis } from './inventory-line';

/** The basis of a fact that AWS states, with its age. */
export const claimed = (kind: FactKind, fact: Pick<Sourced, 'asOf'>, now: Date): Basis => ({
  kind: 'claimed',
  by: 'AWS',
  asOf: fact.asOf,
  stale: isStale(kind, fact, now),
});
