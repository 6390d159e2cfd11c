import { typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';

export const edgeType: ResourceRule = {
  id: 'edge-type',
  title: 'Nothing is served from edge locations',
  why: 'It takes in, caches or processes data at edge locations on several continents; a price class does not confine it to the EU.',
  fix: 'Serve it from a regional endpoint, or except it by name with a reason: public assets may be served from the edge.',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html',
  appliesTo: typesOf('edge'),

  *check({ type }) {
    yield { path: '/Type', value: type, detail: `'${type}' is served from edge locations worldwide` };
  },
};
