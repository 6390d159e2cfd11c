import { typesOf } from '../../facts/resource-class';
import { isOtherSideKnown } from '../places/other-side';
import type { ResourceRule } from '../rule/rule';

export const thirdPartyType: ResourceRule = {
  id: 'third-party-type',
  title: 'Nothing hands data to a third party whose place is not declared',
  why: 'It connects to a party other than AWS, whose servers may be anywhere.',
  fix: "Declare where the other side is under 'places' (type, country, reason), or remove the resource.",
  source: 'https://docs.aws.amazon.com/whitepapers/latest/navigating-gdpr-compliance/welcome.html',
  appliesTo: typesOf('third-party'),

  *check(resource, { boundary, places }) {
    const { type } = resource;
    if (isOtherSideKnown(resource)) return;
    const country = places.typeCountry(type);
    if (country !== undefined && boundary.containsCountry(country)) return;
    yield {
      path: '/Type',
      value: type,
      ...(country && { place: { kind: 'country', value: type, country } }),
      detail:
        country === undefined
          ? `'${type}' hands data to a third party, or takes it from there`
          : `'${type}' is declared to be in ${country}, outside ${boundary.label}`,
    };
  },
};
