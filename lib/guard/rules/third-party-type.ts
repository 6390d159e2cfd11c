import { typesOf } from '../../facts/resource-class';
import { isConnectionTargetKnown } from '../places/connection-target';
import type { ResourceRule } from '../rule/rule';

export const thirdPartyType: ResourceRule = {
  id: 'third-party-type',
  title: 'No resource shares data with a third party in an undeclared place',
  why: 'It connects to a party other than AWS, and the servers of that party may be anywhere.',
  fix: "Declare the third party's country under 'places' (type, country, reason), or remove the resource.",
  source: 'https://docs.aws.amazon.com/whitepapers/latest/navigating-gdpr-compliance/welcome.html',
  appliesTo: typesOf('third-party'),

  *check(resource, { boundary, places }) {
    const { type } = resource;
    if (isConnectionTargetKnown(resource)) return;
    const country = places.typeCountry(type);
    if (country !== undefined && boundary.containsCountry(country)) return;
    yield {
      path: '/Type',
      value: type,
      ...(country && { place: { kind: 'country', value: type, country } }),
      detail:
        country === undefined
          ? `'${type}' sends data to a third party or receives it from one`
          : `'${type}' is declared to be in ${country}, outside ${boundary.label}`,
    };
  },
};
