import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { Reference, Unresolved } from '../template/node';
import { knownText } from '../template/resource';

export const regionUnresolved: ResourceRule = {
  id: 'region-unresolved',
  title: 'A Region is known before it is deployed to',
  why: 'The property names a Region that data is sent to or copied to, and nothing in the template decides which.',
  fix: 'Write the Region out, or give the parameter allowed values that are all inside.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
  appliesTo: typesWith('region'),

  *check(resource, { scope }) {
    // Of a template that can go anywhere `stack-region` says so once.
    if (scope.deployRegion === undefined) return;
    for (const { path, value } of placeProperties(resource, 'region')) {
      if (value instanceof Unresolved) {
        yield { path, level: 'unresolved', detail: `the Region can't be decided: ${value.reason}` };
      } else if (value instanceof Reference) {
        yield { path, level: 'unresolved', detail: `the Region is what '${value.logicalId}' answers at deploy` };
      } else if (typeof value === 'string' && knownText(value) === undefined) {
        yield { path, value, level: 'unresolved', detail: 'a part of the Region is known only at deploy' };
      }
    }
  },
};
