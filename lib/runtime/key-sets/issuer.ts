import { ResidencyBoundary } from '../../boundary/boundary';
import { cognitoIssuer } from '../../boundary/cognito-issuer';
import type { KeySetsPolicy } from '../../contract/policies/key-sets-policy';

/**
 * The issuer of a user pool, which must be in the function's own Region, inside the boundary.
 *
 * @throws if it isn't
 */
export function issuerHere(policy: KeySetsPolicy, region: string, poolId: string): string {
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const issuer = cognitoIssuer(boundary, poolId);
  if (poolId.startsWith(`${region}_`)) return issuer;
  throw new Error(`'USER_POOL_ID' must be a pool of ${region}, got '${poolId}'; deploy the function again`);
}
