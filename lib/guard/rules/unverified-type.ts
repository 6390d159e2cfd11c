import { classOf, typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';

const REASONS = {
  unverified: 'no source states where it processes data, and it may use other Regions',
  premises: "it runs where the customer has installed it, which a template doesn't show",
  elsewhere: "it isn't available in any EU Region",
} as const;

export const unverifiedType: ResourceRule = {
  id: 'unverified-type',
  title: 'Every service is known to process data in its Region',
  why: "Some services run outside AWS, aren't available in any EU Region, or route requests across Regions with no setting to prevent it.",
  fix: 'Use a service whose place is documented, or add an exception whose reason cites your proof.',
  source: 'https://docs.aws.amazon.com/general/latest/gr/rande.html',
  appliesTo: [...typesOf('unverified'), ...typesOf('premises'), ...typesOf('elsewhere')],

  *check({ type }) {
    const resourceClass = classOf(type) as keyof typeof REASONS;
    yield {
      path: '/Type',
      value: type,
      level: resourceClass === 'elsewhere' ? 'block' : 'unresolved',
      detail: `'${type}': ${REASONS[resourceClass]}`,
    };
  },
};
