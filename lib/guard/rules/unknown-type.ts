import { classOf } from '../../facts/resource-class';
import { isCustomType } from '../rule/declared-places';
import type { ResourceRule } from '../rule/rule';

const NAME_TYPE =
  "Give the resource a 'Type', such as 'AWS::S3::Bucket'; CloudFormation accepts no other spelling of the key, and no function in it.";

export const unknownType: ResourceRule = {
  id: 'unknown-type',
  title: 'Every resource type has been classified',
  why: 'This type has not been reviewed, so it may store or process data anywhere.',
  fix: "Declare under 'places' (type, country, reason) where it stores and processes data, or use another type.",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html',
  appliesTo: '*',

  *check({ type, raw }, { boundary, places }) {
    if (type === '') {
      const found = raw.Type === undefined ? Object.keys(raw).join(', ') || 'nothing' : JSON.stringify(raw.Type);
      yield {
        path: '/Type',
        level: 'unresolved',
        detail: `the resource has no text as its 'Type', found ${found}`,
        fix: NAME_TYPE,
      };
      return;
    }
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
