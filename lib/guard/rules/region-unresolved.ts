import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { Reference, Unresolved } from '../template/node';
import { knownText } from '../template/resource';

export const regionUnresolved: ResourceRule = {
  id: 'region-unresolved',
  title: 'Each Region is known before deployment',
  why: 'The property sets a Region that receives data, and nothing in the template determines which Region.',
  fix: 'Write the Region as a literal, or limit the parameter to allowed values that are all inside the boundary.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
  appliesTo: typesWith('region'),

  *check(resource, { scope }) {
    // `stack-region` reports a template without a Region, once.
    if (scope.deployRegion === undefined) return;
    for (const { path, value } of placeProperties(resource, 'region')) {
      if (value instanceof Unresolved) {
        yield { path, level: 'unresolved', detail: `the Region can't be decided: ${value.reason}` };
      } else if (value instanceof Reference) {
        yield { path, level: 'unresolved', detail: `the Region is returned by '${value.logicalId}' at deployment` };
      } else if (typeof value === 'string' && knownText(value) === undefined) {
        yield { path, value, level: 'unresolved', detail: 'part of the Region is known only at deployment' };
      }
    }
  },
};
