import { REGIONS } from '../facts/generated/regions';
import { ZONES } from '../facts/generated/zones';
import { findRegion } from '../facts/region';
import { isReliable } from '../facts/reliance';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';
import { decideRegion } from './region';

/**
 * Whether a zone is inside, by its name (`eu-central-1a`, `eu-central-1-ham-1a`) or its id (`euc1-ham1-az1`). A Local or
 * Wavelength Zone can stand in another country than its parent Region: Istanbul is under Frankfurt, Casablanca under Paris.
 */
export function decideZone(boundary: ResidencyBoundary, zone: string): Decision {
  const parent = regionOfAvailabilityZone(zone);
  if (parent !== undefined) {
    const decision = decideRegion(boundary, parent);
    return { ...decision, place: { ...decision.place, kind: 'zone', value: zone } };
  }
  // The group that a zone is opted in by is the zone's name without its last letter.
  const fact = ZONES.find(
    ({ name, zoneId }) =>
      name === zone || zoneId === zone || name?.replace(/\d[a-z]$/, (end) => end.slice(0, -1)) === zone,
  );
  if (fact === undefined) {
    return refused({ kind: 'unknown', value: zone }, 'unknown', `'${zone}' is no zone that the facts know`);
  }
  const place: Place = { kind: 'zone', value: zone, region: fact.parentRegion, country: fact.country };
  if (!isReliable(fact))
    return refused(place, 'unreliable', `where zone '${zone}' is was never confirmed by a reliable source`);
  return boundary._containsZone(fact.parentRegion, fact.country)
    ? inside(place)
    : refused(
        place,
        'outside',
        `zone '${zone}' of ${fact.parentRegion} stands in ${fact.country}, outside ${boundary.label}`,
      );
}

function regionOfAvailabilityZone(zone: string): string | undefined {
  const code = zone.slice(0, -1);
  if (/[a-z]$/.test(zone) && findRegion(code)) return code;
  const prefix = /^(.+)-az\d+$/.exec(zone)?.[1];
  return prefix === undefined ? undefined : REGIONS.find((region) => region.azIdPrefix === prefix)?.code;
}
