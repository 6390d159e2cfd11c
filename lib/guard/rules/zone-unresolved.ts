import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { Unresolved } from '../template/node';

export const zoneUnresolved: ResourceRule = {
  id: 'zone-unresolved',
  title: 'Each zone is known before deployment',
  why: "A Local Zone or Wavelength Zone can be in a different country from its parent Region: Istanbul's is Frankfurt, Casablanca's is Paris.",
  fix: "Write the zone as a literal, or choose it with Fn::GetAZs, which lists the Region's own zones.",
  source: 'https://docs.aws.amazon.com/local-zones/latest/ug/what-is-aws-local-zones.html',
  appliesTo: typesWith('zone'),

  *check(resource) {
    for (const { path, value } of placeProperties(resource, 'zone')) {
      // An account must opt in to such a zone, so the finding is informational.
      if (value instanceof Unresolved)
        yield { path, level: 'info', detail: `the zone can't be decided: ${value.reason}` };
    }
  },
};
