import type { ResidencyBoundary } from '../../boundary/boundary';
import { factsOf } from '../../boundary/facts-of';
import { type ProfileRow, profileAsOf, rowOf } from '../../boundary/profile-row';
import { destinationsOf } from '../../boundary/routes';
import type { DeploymentConfig } from '../../config/model/config';
import type { Facts } from '../../facts/facts';
import { admittedBy } from '../../facts/origin-words';
import type { SubjectProfile } from '../../report/profiles/profile-check';

/** The profiles that a deployment calls, each once per Region. */
export function profilesOf(
  boundary: ResidencyBoundary,
  deployment: DeploymentConfig,
  rows: readonly ProfileRow[],
  now: Date,
): SubjectProfile[] {
  const called = deployment.models.flatMap(({ destinations }) =>
    destinations.flatMap((one) => (one.provider === 'bedrock' && one.throughProfile ? [one] : [])),
  );
  return subjects(
    factsOf(boundary),
    called.map(({ id, sourceRegion }) => ({ id, sourceRegion })),
    rows,
    now,
  );
}

/** Every inference profile of the facts that a Region in the boundary can call, wherever it routes. */
export function allProfiles(boundary: ResidencyBoundary, rows: readonly ProfileRow[], now: Date): SubjectProfile[] {
  const facts = factsOf(boundary);
  const callable = facts.profiles
    .filter(({ kind }) => kind === 'inference')
    .flatMap(({ id }) => facts.everyProfile(id))
    .flatMap(({ id, routes }) =>
      Object.keys(routes ?? {})
        .filter((code) => boundary.containsRegion(code))
        .map((sourceRegion) => ({ id, sourceRegion })),
    );
  return subjects(facts, callable, rows, now);
}

function subjects(
  facts: Facts,
  pairs: readonly Pick<SubjectProfile, 'id' | 'sourceRegion'>[],
  rows: readonly ProfileRow[],
  now: Date,
): SubjectProfile[] {
  const each = new Map(pairs.map((pair) => [`${pair.id} ${pair.sourceRegion}`, pair]));
  return [...each.values()].flatMap(({ id, sourceRegion }) => {
    const profile = facts.profileFrom(id, sourceRegion);
    if (profile === undefined) return [];
    const row = rowOf(rows, id, sourceRegion);
    const expected = [...(destinationsOf(profile, sourceRegion) ?? []), ...(row?.regions ?? [])];
    const admitted = admittedBy(profile.origin);
    return [
      {
        id,
        sourceRegion,
        expected: [...new Set(expected)].sort(),
        asOf: profileAsOf(profile, row, now),
        ...(admitted !== undefined && { admitted }),
      },
    ];
  });
}
