import { SOVEREIGN_SERVICES } from '../../facts/generated/sovereign-services';
import { findRegion } from '../../facts/region';
import { classOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';

const NAMESPACES = new Set(SOVEREIGN_SERVICES.namespaces.split(' '));

/** Types that another rule refuses in every partition. */
const REFUSED: readonly unknown[] = ['elsewhere', 'premises', 'unverified'];

export const partitionService: ResourceRule = {
  id: 'partition-service',
  title: "Every service is known to exist in the stack's partition",
  why: 'The European Sovereign Cloud has fewer services than the other Regions, and a stack with another one fails in the middle of its deployment. It would have to be used in another partition, outside that cloud.',
  fix: "Use a service that exists there. If AWS offers this one there by now, declare it under 'places' (type, country, reason) with the page that says so.",
  source: 'https://github.com/boto/botocore',
  appliesTo: '*',

  *check({ type }, { scope, places, boundary }) {
    if (findRegion(scope.deployRegion ?? '')?.partition !== SOVEREIGN_SERVICES.partition) return;
    const [vendor, namespace = ''] = type.split('::');
    const resourceClass = classOf(type);
    if (vendor !== 'AWS' || resourceClass === undefined || REFUSED.includes(resourceClass)) return;
    if (NAMESPACES.has(namespace)) return;
    const country = places.typeCountry(type);
    if (country !== undefined && boundary.containsCountry(country)) return;
    yield {
      path: '/Type',
      value: type,
      level: 'unresolved',
      detail: `the facts (${SOVEREIGN_SERVICES.asOf}) list no service '${namespace}' in partition ${SOVEREIGN_SERVICES.partition}, where the stack is deployed`,
    };
  },
};
