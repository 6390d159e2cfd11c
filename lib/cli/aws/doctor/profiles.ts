import type { DoctorLine } from '../../../report/doctor/doctor-line';
import { linesOf } from '../../../report/doctor/doctor-line';
import type { ProfileCheck } from '../../../report/profiles/profile-check';
import { profilesOf } from '../../facts/subject-profiles';
import { readProfiles } from '../read-profiles';
import type { Check } from './subject';

/** Where the profiles route, according to Bedrock. */
export const profiles: Check = async ({ boundary, caller, control, deployment, profileRows, now }) =>
  (await readProfiles(caller, profilesOf(boundary, deployment, profileRows, now), control)).map(lineOf);

function lineOf({ id, sourceRegion, state, detail, fix, admitted }: ProfileCheck): DoctorLine {
  const lines = linesOf('where profiles lead')(sourceRegion);
  switch (state) {
    case 'same':
      return lines.ok(`${id}: ${admitted === undefined ? 'as the facts say' : `as its row says, ${admitted}`}`);
    case 'lost':
      return lines.ok(`${id}: ${detail}`);
    case 'not-visible':
      return lines.notVisible(`${id}: ${detail}`, fix);
    default:
      return lines.missing(`${id}: ${detail}`, fix);
  }
}
