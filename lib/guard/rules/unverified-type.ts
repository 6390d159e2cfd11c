import { classOf, typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';

const FOUND = {
  unverified: 'no source says where it processes, and it may use other Regions',
  premises: 'it runs where the customer has put it, which no template says',
  elsewhere: 'it is offered in no Region of the EU',
} as const;

export const unverifiedType: ResourceRule = {
  id: 'unverified-type',
  title: 'Every service is known to process in its Region',
  why: 'Some services run outside AWS, in no EU Region, or route requests across Regions without a setting that stops it.',
  fix: 'Use a service whose place is documented, or except it by name with the proof that you have.',
  source: 'https://docs.aws.amazon.com/general/latest/gr/rande.html',
  appliesTo: [...typesOf('unverified'), ...typesOf('premises'), ...typesOf('elsewhere')],

  *check({ type }) {
    const found = classOf(type) as keyof typeof FOUND;
    yield {
      path: '/Type',
      value: type,
      level: found === 'elsewhere' ? 'block' : 'unresolved',
      detail: `'${type}': ${FOUND[found]}`,
    };
  },
};
