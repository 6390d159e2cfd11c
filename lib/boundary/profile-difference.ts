import type { ResidencyBoundary } from './boundary';

/** How the Regions that a provider names for a profile differ from those that were expected; each list is sorted. */
export interface ProfileDifference {
  /** Named, and not inside, expected or not. */
  readonly outside: readonly string[];
  /** Named and inside, but not expected. */
  readonly gained: readonly string[];
  /** Expected, but not named. */
  readonly lost: readonly string[];
}

/** Compares the Regions that a profile leads to with those that were expected. */
export function profileDifference(
  boundary: ResidencyBoundary,
  expected: readonly string[],
  found: readonly string[],
): ProfileDifference {
  const [inside, outside] = [true, false].map((wanted) =>
    found.filter((code) => boundary.containsRegion(code) === wanted).sort(),
  ) as [string[], string[]];
  return {
    outside,
    gained: inside.filter((code) => !expected.includes(code)),
    lost: expected.filter((code) => !found.includes(code)).sort(),
  };
}
