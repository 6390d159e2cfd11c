import {
  type AskedProfile,
  type ProfileAnswer,
  type ProfileCheck,
  profileCheck,
} from '../../report/profiles/profile-check';
import { ControlPlane, RegionError } from '../../runtime/settings/control-plane';
import { type Caller, clientSettings } from './caller';
import { inTurns } from './in-turns';

/** Bedrock's control plane as a person calls it: what is denied stays denied, so it is asked once. */
export const controlPlane = (caller: Caller) =>
  new ControlPlane((region) => clientSettings(caller, 'bedrock', region), 0, 1);

/** Asks Bedrock where profiles lead, a few at a time; a Region that doesn't answer spoils nothing but its own rows. */
export function readProfiles(
  caller: Caller,
  asked: readonly AskedProfile[],
  control = controlPlane(caller),
): Promise<ProfileCheck[]> {
  const { boundary } = caller.calls;
  return inTurns(asked, 8, async (one) => profileCheck(boundary, one, await answerOf(control, one)));
}

async function answerOf(control: ControlPlane, { id, sourceRegion }: AskedProfile): Promise<ProfileAnswer> {
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
    'take it out of residency.yaml, or name another destination: the deployment would be refused',
  ],
  denied: (region) => [
    `bedrock:GetInferenceProfile is denied in ${region}`,
    'let your user or role do it; a service control policy may deny the Region too',
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
    `try again, and if it stays so look at the status of Bedrock in ${region}`,
  ],
};
