import type { AssumedUse } from './assumed-use';
import type { CostLine } from './cost-line';
import type { Gateway } from './gateways';
import { centsOf } from './money';
import { servicePrice } from './price';

/**
 * What Cognito charges for the active members of each workspace. Its free users are those of the account or the organization, so the
 * workspaces of one kind share them equally.
 *
 * @param others the workspaces of other accounts, which share them too
 */
export function userLines(
  workspaces: readonly Gateway[],
  { members, active }: AssumedUse,
  now: Date,
  others: readonly Gateway[] = [],
): CostLine[] {
  return workspaces.map((workspace) => {
    const { tenant, region, isFederated, isLite } = workspace;
    const sharers = [...workspaces, ...others].filter((other) => other.isFederated === isFederated).length;
    const known = servicePrice(isFederated ? 'cognito-federated-user' : 'cognito-user', region, now);
    const price = known && (isFederated || isLite) ? { ...known, free: known.free / sharers } : undefined;
    const quantity = Math.round(members * active);
    const item = isFederated ? 'users of an identity provider' : 'users of the user pool';
    return { tenant, part: 'use', region, item, quantity, price, cents: centsOf(price, quantity) };
  });
}
