import type { ResidencyBoundary } from '../../boundary/boundary';
import { daysUntil } from '../../boundary/lifecycle';
import { profileDifference } from '../../boundary/profile-difference';
import type { SettingsDestination, SettingsPolicy } from '../../contract/policies/settings-policy';
import { type Admission, admissionsIn } from '../../facts/admissions';
import { admittedBy } from '../../facts/origin-words';

/** The findings about what owners admitted. */
export type AdmittedFindingKind =
  /** A profile that the owner admitted routes to other Regions than its row says. */
  | 'admitted-differs'
  /** A row that the owner admitted expires soon. */
  | 'admitted-expiring'
  /** A row that the owner admitted has expired, so no gateway uses the destination that it allowed. */
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

/** The days before the expiry of an admitted row from which the check warns of it: enough for a second person to approve. */
export const ADMITTED_WARNING_DAYS = 14;

/** The findings about rows that expire soon, and about those that have expired, which the gateways no longer serve. */
export function expiringAdmissions({ facts = [] }: SettingsPolicy, now: Date) {
  const today = now.toISOString().slice(0, 10);
  return admissionsIn(facts).flatMap((row) => {
    const days = daysUntil(row.origin.expires, today);
    if (days > ADMITTED_WARNING_DAYS) return [];
    const subject = `the row that admits '${row.id}'`;
    const text =
      days <= 0
        ? `${subject} has expired (${admittedBy(row.origin)}), so gateways no longer serve it unless the facts know it`
        : `${subject} expires in ${days === 1 ? '1 day' : `${days} days`} (${admittedBy(row.origin)}), and no gateway serves it then`;
    return [
      {
        kind: days <= 0 ? ('admitted-expired' as const) : ('admitted-expiring' as const),
        region: row.from[0],
        profile: row.id,
        text: `${text}; ${again(row)}`,
      },
    ];
  });
}

const said = (what: string, codes: readonly string[]) => (codes.length === 0 ? [] : [`${what} ${codes.join(', ')}`]);

const again = ({ id }: Admission) =>
  `admit it again with 'eu-residency facts admit ${id}', or remove it from residency.yaml and residency-admitted.yaml, and deploy again`;
