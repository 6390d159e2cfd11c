import { ResidencyBoundary } from '../../boundary/boundary';
import { profileDifference } from '../../boundary/profile-difference';
import { where } from '../../boundary/region';
import type { RetentionCheck } from '../../boundary/retention-check';
import type { SettingsDestination, SettingsPolicy } from '../../contract/policies/settings-policy';
import { type ControlPlane, RegionError } from './control-plane';
import { isDeclared, loggingText } from './logging';

/** What kind of thing a check found; a closed set. */
export type FindingKind =
  | 'retention-drift'
  | 'logging-on'
  | 'destination-outside'
  /** The facts and Bedrock differ, but both stay inside. */
  | 'destination-drift'
  /** An opt-in Region that isn't enabled: no project is served by what may reach it. */
  | 'unusable'
  | 'check-failed';

export interface CheckFinding {
  readonly kind: FindingKind;
  readonly region: string;
  /** The profile, where it is about one. */
  readonly profile?: string;
  readonly text: string;
}

export interface CheckOptions {
  readonly policy: SettingsPolicy;
  readonly control: ControlPlane;
  /** Keeps what was read; a Region that couldn't be read keeps its last reading, which grows old. */
  readonly keep: (reading: RetentionCheck) => Promise<void>;
  readonly now: () => Date;
}

/** Reads what Bedrock itself says of every Region and profile, keeps each reading, and tells what isn't as it should be. */
export async function check({ policy, control, keep, now }: CheckOptions): Promise<CheckFinding[]> {
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const profiles = policy.destinations.filter(({ throughProfile }) => throughProfile);
  const found = await Promise.all([
    ...policy.regions.map((region) => guarded(region, undefined, () => checkRegion(region))),
    ...profiles.map((profile) => guarded(profile.sourceRegion, profile.id, () => checkProfile(profile))),
  ]);
  return found.flat();

  /** What one half of a Region says against it counts, whether or not the other half can be read. */
  async function checkRegion(region: string): Promise<CheckFinding[]> {
    const [mode, logging] = await Promise.allSettled([
      control.retentionMode(region),
      control.invocationLogging(region),
    ]);
    const isDrifted = mode.status === 'fulfilled' && mode.value !== 'none';
    const found = logging.status === 'fulfilled' ? logging.value : undefined;
    // Both usually fail for one reason.
    const failed = [mode, logging].find((half) => half.status === 'rejected');
    const findings: CheckFinding[] = [
      ...(isDrifted ? [{ kind: 'retention-drift' as const, region, text: driftText(region, policy.mode) }] : []),
      ...(found === undefined || isDeclared(region, found, policy.logging)
        ? []
        : [{ kind: 'logging-on' as const, region, text: loggingText(region, found, policy.logging) }]),
      ...(failed === undefined ? [] : failure(region, undefined, failed.reason)),
    ];
    // Half a reading proves nothing, so it is kept only where it refuses; else the last whole one grows old.
    if (failed !== undefined && !isDrifted && found === undefined) return findings;
    const reading: RetentionCheck = {
      kind: 'region',
      region,
      mode: mode.status === 'fulfilled' ? mode.value : 'unread',
      logging: found !== undefined,
      readAt: now().toISOString(),
    };
    return [...findings, ...(await kept(reading, region))];
  }

  async function checkProfile(destination: SettingsDestination): Promise<CheckFinding[]> {
    const { id, sourceRegion: region } = destination;
    const regions = await control.profileRegions(region, id);
    const text = compare(boundary, destination, regions);
    const reading: RetentionCheck = { kind: 'profile', sourceRegion: region, id, regions, readAt: now().toISOString() };
    return [...(text === undefined ? [] : [{ ...text, region, profile: id }]), ...(await kept(reading, region, id))];
  }

  /** What was found stands, also where it can't be kept. */
  async function kept(reading: RetentionCheck, region: string, profile?: string): Promise<CheckFinding[]> {
    try {
      await keep(reading);
      return [];
    } catch (error) {
      return failure(region, profile, error);
    }
  }
}

/** How the Regions that Bedrock names differ from those of the facts; none when they don't. */
export function compare(
  boundary: ResidencyBoundary,
  { id, sourceRegion, regions: expected }: SettingsDestination,
  found: readonly string[],
): Pick<CheckFinding, 'kind' | 'text'> | undefined {
  const { outside, gained, lost } = profileDifference(boundary, expected, found);
  if (outside.length > 0) {
    return {
      kind: 'destination-outside',
      text:
        `'${id}' called from ${sourceRegion} may be processed in ${outside.map(placeText).join('; ')}, outside ${boundary.label}, ` +
        'as Bedrock itself says now; take it out of residency.yaml and deploy again',
    };
  }
  if (gained.length === 0 && lost.length === 0) return undefined;
  const changes = [
    ...(gained.length > 0 ? [`gained ${gained.map(placeText).join('; ')}`] : []),
    ...(lost.length > 0 ? [`lost ${lost.map(placeText).join('; ')}`] : []),
  ];
  return {
    kind: 'destination-drift',
    text:
      `'${id}' called from ${sourceRegion} has ${changes.join(', and ')}, as Bedrock itself says now; all of it is inside ` +
      `${boundary.label}, but the facts of this version differ: install a newer one, or keep what Bedrock says with 'eu-residency facts verify --write', ` +
      `and deploy again${gained.length > 0 ? ', since until then no project is served by it' : ''}`,
  };
}

const placeText = (code: string) => (code === 'anywhere' ? 'any Region' : `${code}, ${where(code)}`);

const driftText = (region: string, mode: SettingsPolicy['mode']) =>
  `the retention mode of Bedrock isn't 'none' in ${region}, so no project is served by what may reach it; ` +
  (mode === 'manage'
    ? `find who changed it in CloudTrail (PutAccountDataRetention), and set it back: 'aws bedrock put-account-data-retention --mode none --region ${region}'`
    : 'have it set to none there for the whole account');

async function guarded(
  region: string,
  profile: string | undefined,
  act: () => Promise<CheckFinding[]>,
): Promise<CheckFinding[]> {
  try {
    return await act();
  } catch (error) {
    return failure(region, profile, error);
  }
}

function failure(region: string, profile: string | undefined, error: unknown): CheckFinding[] {
  if (!(error instanceof RegionError)) {
    const text = `what was read of ${region} couldn't be kept (${(error as Error).name}); look at the function's rights to its table`;
    return [{ kind: 'check-failed', region, profile, text }];
  }
  const kind = error.kind === 'not-enabled' ? 'unusable' : 'check-failed';
  return [{ kind, region, profile, text: profile === undefined ? error.message : `'${profile}': ${error.message}` }];
}
