import {
  type ProfileAnswer,
  type ProfileCheck,
  profileCheck,
  type SubjectProfile,
} from '../../report/profiles/profile-check';
import { ControlPlane, RegionError } from '../../runtime/settings/control-plane';
import { type Caller, clientSettings } from './caller';
import { inTurns } from './in-turns';

/** Bedrock's control plane for a command: a denied call stays denied, so it isn't repeated. */
export const controlPlane = (caller: Caller) =>
  new ControlPlane((region) => clientSettings(caller, 'bedrock', region), 0, 1);

/** Asks Bedrock where profiles route, a few at a time; a Region that doesn't answer affects only its own rows. */
export function readProfiles(
  caller: Caller,
  subjects: readonly SubjectProfile[],
  control = controlPlane(caller),
): Promise<ProfileCheck[]> {
  const { boundary } = caller.calls;
  return inTurns(subjects, 8, async (one) => profileCheck(boundary, one, await answerOf(control, one)));
}

async function answerOf(control: ControlPlane, { id, sourceRegion }: SubjectProfile): Promise<ProfileAnswer> {
  try {
    return { regions: await control.profileRegions(sourceRegion, id) };
  } catch (error) {
    if (!(error instanceof RegionError)) throw error;
    const [detail, fix] = WHY[error.kind](sourceRegion);
    return { problem: error.kind === 'missing' ? 'unknown' : 'not-visible', detail, fix };
  }
}

const WHY: Readonly<Record<RegionError['kind'], (region: string) => readonly [string, string]>> = {
  missing: (region) => [
    `Bedrock knows no such inference profile in ${region}`,
    'remove it from residency.yaml, or name another destination: the deployment would be refused',
  ],
  denied: (region) => [
    `bedrock:GetInferenceProfile is denied in ${region}`,
    'allow your user or role to call it; a service control policy may deny the Region too',
  ],
  'not-enabled': (region) => [
    `${region} is an opt-in Region that this account hasn't enabled`,
    `enable it: aws account enable-region --region-name ${region}`,
  ],
  throttled: (region) => [`Bedrock throttles calls in ${region}`, 'try again in a few minutes'],
  unreachable: (region) => [
    `Bedrock can't be reached in ${region} from here`,
    'check the network, a proxy or a VPN, and try again',
  ],
  failed: (region) => [
    `Bedrock failed in ${region}`,
    `try again; if it still fails, check the status of Bedrock in ${region}`,
  ],
};
