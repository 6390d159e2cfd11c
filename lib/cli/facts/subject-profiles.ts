import type { ResidencyBoundary } from '../../boundary/boundary';
import { destinationsOf, findProfile } from '../../boundary/profile';
import { type ProfileRow, profileAsOf, rowOf } from '../../boundary/profile-row';
import type { DeploymentConfig } from '../../config/model/config';
import { PROFILES } from '../../facts/generated/profiles';
import type { SubjectProfile } from '../../report/profiles/profile-check';

/** The profiles that a deployment calls, each once per Region. */
export function profilesOf(deployment: DeploymentConfig, rows: readonly ProfileRow[], now: Date): SubjectProfile[] {
  const called = deployment.models.flatMap(({ destinations }) =>
    destinations.flatMap((one) => (one.provider === 'bedrock' && one.throughProfile ? [one] : [])),
  );
  return subjects(
    called.map(({ id, sourceRegion }) => ({ id, sourceRegion })),
    rows,
    now,
  );
}

/** Every inference profile of the facts that a Region in the boundary can call, wherever it routes. */
export function allProfiles(boundary: ResidencyBoundary, rows: readonly ProfileRow[], now: Date): SubjectProfile[] {
  const callable = PROFILES.filter(({ kind }) => kind === 'inference').flatMap(({ id, routes }) =>
    Object.keys(routes ?? {})
      .filter((code) => boundary.containsRegion(code))
      .map((sourceRegion) => ({ id, sourceRegion })),
  );
  return subjects(callable, rows, now);
}

function subjects(
  pairs: readonly Pick<SubjectProfile, 'id' | 'sourceRegion'>[],
  rows: readonly ProfileRow[],
  now: Date,
): SubjectProfile[] {
  const each = new Map(pairs.map((pair) => [`${pair.id} ${pair.sourceRegion}`, pair]));
  return [...each.values()].flatMap(({ id, sourceRegion }) => {
    const profile = findProfile(id);
    if (profile === undefined) return [];
    const row = rowOf(rows, id, sourceRegion);
    const expected = [...(destinationsOf(profile, sourceRegion) ?? []), ...(row?.regions ?? [])];
    return [{ id, sourceRegion, expected: [...new Set(expected)].sort(), asOf: profileAsOf(profile, row, now) }];
  });
}
