import type { AssumedUse } from './assumed-use';
import type { CostLine } from './cost-line';
import type { Gateway } from './gateways';
import { centsOf } from './money';
import { servicePrice } from './price';

/**
 * What Cognito charges for the active members of each workspace. Its free users are those of the account, so the workspaces of one
 * kind share them equally.
 */
export function userLines(workspaces: readonly Gateway[], { members, active }: AssumedUse, now: Date): CostLine[] {
  return workspaces.map((workspace) => {
    const { tenant, region, isFederated, isLite } = workspace;
    const sharers = workspaces.filter((other) => other.isFederated === isFederated).length;
    const known = servicePrice(isFederated ? 'cognito-federated-user' : 'cognito-user', region, now);
    const price = known && (isFederated || isLite) ? { ...known, free: known.free / sharers } : undefined;
    const quantity = Math.round(members * active);
    const item = isFederated ? 'users of an identity provider' : 'users of the user pool';
    return { tenant, part: 'use', region, item, quantity, price, cents: centsOf(price, quantity) };
  });
}
