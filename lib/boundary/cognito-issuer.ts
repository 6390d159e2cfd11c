import { findRegion } from '../facts/region';
import type { ResidencyBoundary } from './boundary';

/**
 * The token issuer of a Cognito user pool, derived from the pool's id alone, so that it can name only its Region's host.
 *
 * @throws if the id isn't that of a user pool inside the boundary
 */
export function cognitoIssuer(boundary: ResidencyBoundary, poolId: string): string {
  const [, region = ''] = /^([a-z]{2,5}(?:-[a-z]+)+-\d+)_[A-Za-z0-9]{1,40}$/.exec(poolId) ?? [];
  const fact = findRegion(region);
  if (fact === undefined || !boundary.containsRegion(region)) {
    throw new Error(
      `the user pool's id must be the id of a Cognito user pool in a Region inside ${boundary.label}, such as ` +
        'eu-central-1_AbCdEf123; deploy it again',
    );
  }
  return `https://cognito-idp.${region}.${fact.dnsSuffix}/${poolId}`;
}
