import type { ResidencyBoundary } from './boundary';

/** The difference between the Regions that a provider names for a profile and the expected ones; each list is sorted. */
export interface ProfileDifference {
  /** Named and outside the boundary, expected or not. */
  readonly outside: readonly string[];
  /** Named and inside the boundary, but not expected. */
  readonly gained: readonly string[];
  /** Expected, but not named. */
  readonly lost: readonly string[];
}

/** Compares the Regions that a profile routes to with the expected ones. */
export function profileDifference(
  boundary: ResidencyBoundary,
  expected: readonly string[],
  actual: readonly string[],
): ProfileDifference {
  const [inside, outside] = [true, false].map((isInside) =>
    actual.filter((code) => boundary.containsRegion(code) === isInside).sort(),
  ) as [string[], string[]];
  return {
    outside,
    gained: inside.filter((code) => !expected.includes(code)),
    lost: expected.filter((code) => !actual.includes(code)).sort(),
  };
}
