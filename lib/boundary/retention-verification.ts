import type { ResidencyBoundary } from './boundary';
import { where } from './region';
import { profileKey, type RetentionCheck, regionKey, retentionCheckKey } from './retention-check';

/** The check result stored under a key; none if the text isn't a valid check result, or its content belongs to another key. */
export function parseRetentionCheck(key: string, text: string): RetentionCheck | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRetentionCheck(value) && retentionCheckKey(value) === key ? value : undefined;
}

function isRetentionCheck(value: unknown): value is RetentionCheck {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, region, mode, logging, sourceRegion, id, regions, readAt } = value as Record<string, unknown>;
  if (!isTime(readAt)) return false;
  if (kind === 'region') return typeof region === 'string' && typeof mode === 'string' && typeof logging === 'boolean';
  return (
    kind === 'profile' &&
    typeof sourceRegion === 'string' &&
    typeof id === 'string' &&
    Array.isArray(regions) &&
    regions.length > 0 &&
    regions.every((code) => typeof code === 'string')
  );
}

const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));

/** The question whether check results prove that a destination may serve where zero retention is required. */
export interface VerificationQuestion {
  readonly boundary: ResidencyBoundary;
  readonly destination: {
    readonly id: string;
    readonly sourceRegion: string;
    readonly throughProfile: boolean;
    readonly regions: readonly string[];
  };
  readonly now: Date;
  readonly maxAgeMs: number;
}

/** The clocks of two functions may differ slightly; a check result further in the future isn't from this deployment. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Why no recent check confirms that a destination retains nothing; none if one does. Every Region that the facts or Bedrock
 * itself name must have the mode `none`, because it isn't documented which of them counts.
 */
export function whyUnverified(
  question: VerificationQuestion,
  checks: ReadonlyMap<string, RetentionCheck>,
): string | undefined {
  const { boundary, destination, now, maxAgeMs } = question;
  const { id, sourceRegion } = destination;
  const isFresh = ({ readAt }: RetentionCheck) => {
    const age = now.getTime() - Date.parse(readAt);
    return age <= maxAgeMs && age >= -CLOCK_SKEW_MS;
  };
  const regions = new Set([sourceRegion, ...destination.regions]);
  if (destination.throughProfile) {
    const profile = checks.get(profileKey(sourceRegion, id));
    if (profile?.kind !== 'profile') return `the destinations of '${id}' from ${sourceRegion} haven't been checked`;
    if (!isFresh(profile))
      return `the destinations of '${id}' from ${sourceRegion} were last checked at ${profile.readAt}`;
    for (const region of profile.regions) regions.add(region);
  }
  for (const region of [...regions].sort()) {
    if (!boundary.containsRegion(region))
      return `'${id}' routes to ${region}, ${where(region)}, outside ${boundary.label}`;
    const check = checks.get(regionKey(region));
    if (check?.kind !== 'region') return `the retention mode of ${region} hasn't been checked`;
    if (!isFresh(check)) return `the retention mode of ${region} was last checked at ${check.readAt}`;
    if (check.mode !== 'none') return `the retention mode of ${region} isn't 'none'`;
    if (check.logging) return `model invocation logging is on in ${region}`;
  }
  return undefined;
}

/** The age of the oldest check result of a destination, in milliseconds; none if there is no result. */
export function oldestCheckMs(
  {
    destination: { id, sourceRegion, throughProfile, regions },
    now,
  }: Omit<VerificationQuestion, 'boundary' | 'maxAgeMs'>,
  checks: ReadonlyMap<string, RetentionCheck>,
): number | undefined {
  const profile = throughProfile ? checks.get(profileKey(sourceRegion, id)) : undefined;
  const named = new Set([sourceRegion, ...regions, ...(profile?.kind === 'profile' ? profile.regions : [])]);
  const found = [profile, ...[...named].map((region) => checks.get(regionKey(region)))];
  const ages = found.flatMap((check) => (check === undefined ? [] : now.getTime() - Date.parse(check.readAt)));
  return ages.length === 0 ? undefined : Math.max(0, ...ages);
}
