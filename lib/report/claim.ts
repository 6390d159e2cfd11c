import { type FactKind, isStale } from '../facts/age';
import type { InForce } from '../facts/layers';
import { releaseOrigin } from '../facts/release';
import type { FactsRelease } from '../facts/release-facts';
import type { Sourced } from '../facts/types';
import type { Basis } from './inventory-line';

/**
 * The basis of a fact that AWS states, or that an owner declares, with its age.
 *
 * @param release the facts release in force, which may have the fact's row
 * @param by the provider that states it
 */
export function claimed(
  kind: FactKind,
  fact: InForce<Pick<Sourced, 'asOf'>>,
  now: Date,
  release?: FactsRelease,
  by = 'AWS',
): Basis {
  const origin = releaseOrigin(release, fact.origin);
  return {
    kind: 'claimed',
    by: kind === 'modelRetention' && fact.origin?.kind === 'admitted' ? 'the owner' : by,
    asOf: fact.asOf,
    ...(origin !== undefined && { origin }),
    stale: isStale(kind, fact, now),
  };
}
