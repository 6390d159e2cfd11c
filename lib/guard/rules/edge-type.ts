import { typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';

export const edgeType: ResourceRule = {
  id: 'edge-type',
  title: "Edge locations don't serve, cache or process data",
  why: "It receives, caches or processes data at edge locations on several continents; a price class doesn't limit it to the EU.",
  fix: 'Use a regional endpoint, or add an exception with a reason: public assets may be served from the edge.',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html',
  appliesTo: typesOf('edge'),

  *check({ type }) {
    yield { path: '/Type', value: type, detail: `'${type}' runs at edge locations worldwide` };
  },
};
