import { classOf } from '../../facts/resource-class';
import { isCustomType } from '../rule/declared-places';
import type { ResourceRule } from '../rule/rule';

export const unknownType: ResourceRule = {
  id: 'unknown-type',
  title: 'Every type of resource is one that somebody has classified',
  why: 'Nobody has looked at what this type does with data, so it may keep it or process it anywhere.',
  fix: "Declare where it keeps and processes data under 'places' (type, country, reason), or use another type.",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html',
  appliesTo: '*',

  *check({ type }, { boundary, places }) {
    if (classOf(type) !== undefined || isCustomType(type)) return;
    const country = places.typeCountry(type);
    if (country === undefined) {
      yield { path: '/Type', value: type, level: 'unresolved', detail: `the type '${type}' is unknown` };
    } else if (!boundary.containsCountry(country)) {
      yield {
        path: '/Type',
        value: type,
        place: { kind: 'country', value: type, country },
        detail: `the type '${type}' is declared to be in ${country}, outside ${boundary.label}`,
      };
    }
  },
};
