import { type FactKind, isStale } from '../facts/age';
import type { Sourced } from '../facts/types';
import type { Basis } from './inventory-line';

/** What a fact is when it is said of a deployment: AWS's word, and how old. */
export const claimed = (kind: FactKind, fact: Pick<Sourced, 'asOf'>, now: Date): Basis => ({
  kind: 'claimed',
  by: 'AWS',
  asOf: fact.asOf,
  stale: isStale(kind, fact, now),
});
