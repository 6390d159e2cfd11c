import type { FactsRelease } from '../../facts/release-facts';
import type { Outcome } from '../aws/custom-resource';

/** The result of storing a release as the highest one. */
export type Raised =
  | { readonly raised: true }
  | { readonly raised: false /** The version that is stored; none if it isn't known. */; readonly highest?: number };

/** Stores a release as the highest one, unless that would lower it. */
export type ReleaseStore = (release: FactsRelease) => Promise<Raised>;

/** Refuses to deploy a release older than one that was deployed before, which may lack a refusal. Call it only at a deployment. */
export async function requireNoRollback(
  outcome: Outcome,
  release: FactsRelease | undefined,
  store: ReleaseStore,
): Promise<Outcome> {
  // A deployment that stops anyway must not raise the version: the former release would then be refused.
  if (!outcome.ok || release === undefined) return outcome;
  try {
    const result = await store(release);
    return result.raised ? outcome : { ok: false, reason: reasonOf(release, result.highest) };
  } catch (error) {
    const { name } = error as Error;
    return {
      ok: false,
      reason:
        `facts release ${release.version} couldn't be compared with the one that was deployed before (${name}); check the function's ` +
        'permissions for its table, and deploy again',
    };
  }
}

function reasonOf({ version, digest }: FactsRelease, highest: number | undefined): string {
  const name = `facts release ${version} (${digest.slice(0, 12)})`;
  return highest === version
    ? `${name} isn't the release ${version} that was deployed before: two contents have one version; restore residency-facts.release.json ` +
        'and residency-facts.lock.json from the commit that was deployed, or accept a newer release'
    : `${name} is older than ${highest === undefined ? 'the one' : `release ${highest}`} that was deployed before; merge the branch ` +
        "that accepted the newer one, or accept it with 'eu-residency facts update'";
}

/** Whether a value of a policy describes a release. */
export const isFactsRelease = (value: unknown): value is FactsRelease =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).sort().join() === 'checkedAt,digest,expires,nextCheck,version' &&
  Object.entries(value).every(([name, field]) =>
    name === 'version' ? Number.isSafeInteger(field) && field > 0 : typeof field === 'string' && field.length > 0,
  );
