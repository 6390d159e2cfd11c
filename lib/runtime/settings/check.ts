import { ResidencyBoundary } from '../../boundary/boundary';
import { profileDifference } from '../../boundary/profile-difference';
import { where } from '../../boundary/region';
import type { RetentionCheck } from '../../boundary/retention-check';
import type { SettingsDestination, SettingsPolicy } from '../../contract/policies/settings-policy';
import { releaseWarning } from '../../facts/release';
import { admittedDifference, expiringAdmissions } from './admitted';
import { checkLifecycles } from './check-lifecycle';
import { type ControlPlane, RegionError } from './control-plane';
import type { CheckFinding } from './finding';
import { isDeclared, loggingText } from './logging';

export interface CheckOptions {
  readonly policy: SettingsPolicy;
  readonly control: ControlPlane;
  /** Stores a check result. If a Region can't be read, its last result stays and grows old. */
  readonly store: (reading: RetentionCheck) => Promise<void>;
  readonly now: () => Date;
}

/** Reads the settings of every Region and profile from Bedrock, stores each check result, and returns what differs from the policy. */
export async function check({ policy, control, store, now }: CheckOptions): Promise<CheckFinding[]> {
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const profiles = policy.destinations.filter(({ throughProfile }) => throughProfile);
  const found = await Promise.all([
    ...policy.regions.map((region) => guarded(region, undefined, () => checkRegion(region))),
    ...profiles.map((profile) => guarded(profile.sourceRegion, profile.id, () => checkProfile(profile))),
    checkLifecycles(policy.destinations, control, now()),
  ]);
  const old = policy.release && releaseWarning(policy.release, now().toISOString().slice(0, 10));
  return [
    ...found.flat(),
    ...expiringAdmissions(policy, now()),
    ...(old === undefined ? [] : [{ kind: 'facts-old' as const, text: old }]),
  ];

  /** A finding from one of the two settings counts, even if the other setting can't be read. */
  async function checkRegion(region: string): Promise<CheckFinding[]> {
    const [mode, logging] = await Promise.allSettled([
      control.retentionMode(region),
      control.invocationLogging(region),
    ]);
    const isDrifted = mode.status === 'fulfilled' && mode.value !== 'none';
    const found = logging.status === 'fulfilled' ? logging.value : undefined;
    // Both usually fail for the same reason.
    const failed = [mode, logging].find((result) => result.status === 'rejected');
    const findings: CheckFinding[] = [
      ...(isDrifted ? [{ kind: 'retention-drift' as const, region, text: driftText(region, policy.mode) }] : []),
      ...(found === undefined || isDeclared(region, found, policy.logging)
        ? []
        : [{ kind: 'logging-on' as const, region, text: loggingText(region, found, policy.logging) }]),
      ...(failed === undefined ? [] : failure(region, undefined, failed.reason)),
    ];
    // One setting alone proves nothing, so it is stored only if it blocks. Otherwise the last complete result stays and grows old.
    if (failed !== undefined && !isDrifted && found === undefined) return findings;
    const reading: RetentionCheck = {
      kind: 'region',
      region,
      mode: mode.status === 'fulfilled' ? mode.value : 'unread',
      logging: found !== undefined,
      readAt: now().toISOString(),
    };
    return [...findings, ...(await stored(reading, region))];
  }

  async function checkProfile(destination: SettingsDestination): Promise<CheckFinding[]> {
    const { id, sourceRegion: region } = destination;
    const regions = await control.profileRegions(region, id);
    const text = admittedDifference(policy, boundary, destination, regions) ?? compare(boundary, destination, regions);
    const reading: RetentionCheck = { kind: 'profile', sourceRegion: region, id, regions, readAt: now().toISOString() };
    return [...(text === undefined ? [] : [{ ...text, region, profile: id }]), ...(await stored(reading, region, id))];
  }

  /** Findings count even if the check result can't be stored. */
  async function stored(reading: RetentionCheck, region: string, profile?: string): Promise<CheckFinding[]> {
    try {
      await store(reading);
      return [];
    } catch (error) {
      return failure(region, profile, error);
    }
  }
}

/** The difference between the Regions that Bedrock names and those of the facts, if there is one. */
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
        'according to Bedrock now; remove it from residency.yaml and deploy again',
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
      `'${id}' called from ${sourceRegion} has ${changes.join(', and ')}, according to Bedrock now; all of it is inside ` +
      `${boundary.label}, but the facts of this version differ: install a newer version, or save Bedrock's answer with ` +
      `'eu-residency facts verify --write', and deploy again${gained.length > 0 ? ', because no project can use it until then' : ''}`,
  };
}

const placeText = (code: string) => (code === 'anywhere' ? 'any Region' : `${code}, ${where(code)}`);

const driftText = (region: string, mode: SettingsPolicy['mode']) =>
  `the retention mode of Bedrock isn't 'none' in ${region}, so no project can use a destination that may reach it; ` +
  (mode === 'manage'
    ? `find who changed it in CloudTrail (PutAccountDataRetention), and set it back: 'aws bedrock put-account-data-retention --mode none --region ${region}'`
    : 'ask its owner to set it to none there for the whole account');

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
    const text = `the check result of ${region} couldn't be stored (${(error as Error).name}); check the function's permissions for its table`;
    return [{ kind: 'check-failed', region, profile, text }];
  }
  const kind = error.kind === 'not-enabled' ? 'unusable' : 'check-failed';
  return [{ kind, region, profile, text: profile === undefined ? error.message : `'${profile}': ${error.message}` }];
}
