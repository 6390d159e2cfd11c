import { type FactKind, isStale } from '../facts/age';
import type { Sourced } from '../facts/types';
import type { Basis } from './inventory-line';

/** The basis of a fact that AWS states, or that an owner declares, with its age. */
export const claimed = (kind: FactKind, fact: Pick<Sourced, 'asOf'>, now: Date, by = 'AWS'): Basis => ({
  kind: 'claimed',
  by,
  asOf: fact.asOf,
  stale: isStale(kind, fact, now),
});
