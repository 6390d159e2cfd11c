import { CLOUD_LOCATIONS } from '../facts/generated/cloud-locations';
import { isReliable } from '../facts/reliance';
import type { CloudLocationFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';

const BY_NAME = new Map(CLOUD_LOCATIONS.map((location) => [location.name, location]));
const CLOUDS: Readonly<Record<CloudLocationFact['provider'], string>> = { azure: 'Azure', google: 'Google Cloud' };

/** Whether a location of Azure or Google Cloud, by its own name, is inside the boundary: `europe-west2` is London. */
export function decideCloudLocation(boundary: ResidencyBoundary, name: string): Decision {
  const fact = BY_NAME.get(name);
  if (fact === undefined) {
    return refused({ kind: 'unknown', value: name }, 'unknown', `the location '${name}' is unknown`);
  }
  const { country, provider } = fact;
  const place: Place = { kind: 'region', value: name, ...(country !== null && { country }) };
  const what = `'${name}', a location of ${CLOUDS[provider]},`;
  if (country === null || !isReliable(fact)) {
    return refused(place, 'unreliable', `no reliable source confirms where ${what} is`);
  }
  return boundary.containsCountry(country)
    ? inside(place)
    : refused(place, 'outside', `${what} is in ${country}, outside ${boundary.label}`);
}
