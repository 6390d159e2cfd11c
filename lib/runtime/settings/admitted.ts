import type { ResidencyBoundary } from '../../boundary/boundary';
import { profileDifference } from '../../boundary/profile-difference';
import type { SettingsDestination, SettingsPolicy } from '../../contract/policies/settings-policy';
import { type Admission, admissionsIn } from '../../facts/admissions';
import { admittedBy } from '../../facts/origin-words';

/** The findings about what owners admitted. */
export type AdmittedFindingKind =
  /** A profile that the owner admitted routes to other Regions than its row says. */
  | 'admitted-differs'
  /** A row that the owner admitted has expired. */
  | 'admitted-expired';

/** The finding about a profile that was admitted with other Regions than Bedrock names now; none if they are the same. */
export function admittedDifference(
  { facts = [] }: SettingsPolicy,
  boundary: ResidencyBoundary,
  { id, sourceRegion }: SettingsDestination,
  found: readonly string[],
): { readonly kind: AdmittedFindingKind | 'destination-outside'; readonly text: string } | undefined {
  const row = admissionsIn(facts).find((one) => one.id === id && one.from.includes(sourceRegion));
  if (row === undefined) return undefined;
  const { outside, gained, lost } = profileDifference(boundary, row.regions, found);
  const changes = [
    ...said('may now leave the boundary, to', outside),
    ...said('has gained', gained),
    ...said('has lost', lost),
  ];
  if (changes.length === 0) return undefined;
  return {
    // Unlike a difference from the package's facts, one inside the boundary stops a deployment too: the row is an owner's word
    // about exactly these Regions.
    kind: outside.length > 0 ? 'destination-outside' : 'admitted-differs',
    text:
      `'${id}' called from ${sourceRegion} ${changes.join(', and ')}, according to Bedrock now, but the row in residency-admitted.yaml ` +
      `says ${row.regions.join(', ')} (${admittedBy(row.origin)}); ${again(row)}`,
  };
}

/** The findings about rows that have expired, which the gateways no longer serve. */
export function expiredAdmissions({ facts = [] }: SettingsPolicy, now: Date) {
  const today = now.toISOString().slice(0, 10);
  return admissionsIn(facts)
    .filter(({ origin }) => origin.expires <= today)
    .map((row) => ({
      kind: 'admitted-expired' as const,
      region: row.from[0] ?? 'unknown',
      profile: row.id,
      text: `the row that admits '${row.id}' has expired (${admittedBy(row.origin)}), so gateways no longer serve it unless the facts know it; ${again(row)}`,
    }));
}

const said = (what: string, codes: readonly string[]) => (codes.length === 0 ? [] : [`${what} ${codes.join(', ')}`]);

const again = ({ id }: Admission) =>
  `admit it again with 'eu-residency facts admit ${id}', or remove it from residency.yaml and residency-admitted.yaml, and deploy again`;
