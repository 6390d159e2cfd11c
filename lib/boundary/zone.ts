import { REGIONS } from '../facts/generated/regions';
import { ZONES } from '../facts/generated/zones';
import { findRegion } from '../facts/region';
import { isReliable } from '../facts/reliance';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';
import { decideRegion } from './region';

/**
 * Whether a zone is inside the boundary, by its name (`eu-central-1a`, `eu-central-1-ham-1a`) or its id (`euc1-ham1-az1`). A
 * Local Zone or Wavelength Zone can be in a different country from its parent Region: Istanbul's is Frankfurt, Casablanca's
 * is Paris.
 */
export function decideZone(boundary: ResidencyBoundary, zone: string): Decision {
  const parent = regionOfAvailabilityZone(zone);
  if (parent !== undefined) {
    const decision = decideRegion(boundary, parent);
    return { ...decision, place: { ...decision.place, kind: 'zone', value: zone } };
  }
  // A zone's opt-in group is its name without the last letter.
  const fact = ZONES.find(
    ({ name, zoneId }) =>
      name === zone || zoneId === zone || name?.replace(/\d[a-z]$/, (end) => end.slice(0, -1)) === zone,
  );
  if (fact === undefined) {
    return refused({ kind: 'unknown', value: zone }, 'unknown', `'${zone}' isn't a zone in the facts`);
  }
  const place: Place = { kind: 'zone', value: zone, region: fact.parentRegion, country: fact.country };
  if (!isReliable(fact)) return refused(place, 'unreliable', `no reliable source confirms where zone '${zone}' is`);
  return boundary._containsZone(fact.parentRegion, fact.country)
    ? inside(place)
    : refused(
        place,
        'outside',
        `zone '${zone}' of ${fact.parentRegion} is in ${fact.country}, outside ${boundary.label}`,
      );
}

function regionOfAvailabilityZone(zone: string): string | undefined {
  const code = zone.slice(0, -1);
  if (/[a-z]$/.test(zone) && findRegion(code)) return code;
  const prefix = /^(.+)-az\d+$/.exec(zone)?.[1];
  return prefix === undefined ? undefined : REGIONS.find((region) => region.azIdPrefix === prefix)?.code;
}
