import { isReliable } from '../facts/reliance';
import type { Confidence, ProfileFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { type Refused, refused } from './decision';
import type { Reachable } from './destination';
import { where } from './region';
import { destinationsOf } from './routes';

/** The Regions that the provider itself named for a profile at an operator's request, stored next to the configuration. */
export interface ProfileRow {
  readonly id: string;
  readonly sourceRegion: string;
  readonly regions: readonly string[];
  /** The API call that returned it. */
  readonly source: string;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** The row of a profile called from a Region. */
export const rowOf = (rows: readonly ProfileRow[], id: string, sourceRegion: string): ProfileRow | undefined =>
  rows.find((row) => row.id === id && row.sourceRegion === sourceRegion);

/**
 * A decision that also considers the Regions that the provider itself named for a profile: they are added to the facts' Regions
 * and never replace them, and one outside the boundary refuses the destination. They allow nothing that the facts refuse.
 */
export function withFurtherRegions(
  boundary: ResidencyBoundary,
  decision: Reachable | Refused,
  named: readonly string[],
): Reachable | Refused {
  if (!decision.inside || !decision.destination.throughProfile) return decision;
  const { destination, place } = decision;
  const further = [...new Set(named)].filter((code) => !destination.regions.includes(code)).sort();
  if (further.length === 0) return decision;
  const outside = further.filter((code) => !boundary.containsRegion(code));
  if (outside.length > 0) {
    return refused(
      place,
      'routes-outside',
      `'${destination.id}' called from ${destination.sourceRegion} may be processed in ` +
        `${outside.map((code) => `${code}, ${where(code)}`).join('; ')}, outside ${boundary.label}, as the provider itself stated`,
    );
  }
  const regions = [...destination.regions, ...further].sort();
  return { ...decision, destination: { ...destination, regions, furtherRegions: further } };
}

/** The date of the knowledge about a profile's Regions: a later row counts only if it agrees with the facts. */
export function profileAsOf(profile: ProfileFact, row: ProfileRow | undefined, now: Date): string {
  if (row === undefined || !isReliable(row) || row.asOf > now.toISOString().slice(0, 10)) return profile.asOf;
  const expected = destinationsOf(profile, row.sourceRegion) ?? [];
  const isSame = [...expected].sort().join() === [...row.regions].sort().join();
  return isSame && row.asOf > profile.asOf ? row.asOf : profile.asOf;
}
