import { EU_COUNTRIES } from '../facts/generated/countries';
import { PLATFORM } from '../facts/generated/platform';
import { isReliable } from '../facts/reliance';
import type { ServiceFact } from '../facts/types';
import { type Place, type Refused, refused } from './decision';

/**
 * Why a company is refused where only owners under the law of an EU member state may process requests; none if a reliable row says
 * that its owner is. An owner of which nothing is known is refused too.
 *
 * @param offers who offers the service, as messages name it
 */
export function refusedOwner(
  place: Place,
  offers: string,
  fact?: Pick<ServiceFact, 'ownerCountry' | 'confidence'>,
): Refused | undefined {
  const country = fact !== undefined && isReliable(fact) ? fact.ownerCountry : null;
  if (country !== null && EU_COUNTRIES.includes(country)) return undefined;
  const owner =
    country === null
      ? `no reliable source says that the owner of ${offers} is`
      : `the owner of ${offers} is under the law of ${country}`;
  return refused(
    place,
    'not-eu-owned',
    `'euOwnedOnly' allows only companies whose owner is under the law of an EU member state, and ${owner}; ` +
      "remove the destination, or set 'providers: { euOwnedOnly: false }'",
  );
}

/** Why Bedrock is refused there. */
export const refusedBedrock = (id: string): Refused | undefined =>
  refusedOwner({ kind: 'destination', value: id }, PLATFORM.company, PLATFORM);
