import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { Unresolved } from '../template/node';

export const zoneUnresolved: ResourceRule = {
  id: 'zone-unresolved',
  title: 'A zone is known before it is deployed to',
  why: 'A Local or Wavelength Zone can stand in another country than its Region: Istanbul is under Frankfurt, Casablanca under Paris.',
  fix: 'Write the zone out, or choose it with Fn::GetAZs, which lists the zones of the Region itself.',
  source: 'https://docs.aws.amazon.com/local-zones/latest/ug/what-is-aws-local-zones.html',
  appliesTo: typesWith('zone'),

  *check(resource) {
    for (const { path, value } of placeProperties(resource, 'zone')) {
      // An account must opt in to such a zone, so this is worth knowing and no more.
      if (value instanceof Unresolved)
        yield { path, level: 'info', detail: `the zone can't be decided: ${value.reason}` };
    }
  },
};
