import type { WorkspaceVariables } from '../../contract/environment';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import type { EnvironmentOf } from '../aws/endpoint';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { CachedSuspensions } from './identity/cached-suspensions';
import { deployedDirectory } from './identity/deployed-members';
import { deployedSuspensions } from './identity/deployed-suspensions';
import { type MemberKeyParts, memberKeyParts } from './member-key-parts';
import type { ContentStores } from './store/content-stores';

/**
 * The API keys of a deployed workspace's members.
 *
 * @param budgetGroups the groups that have budgets or courses, if tokens name groups
 * @throws if the environment doesn't name the table of blocked members
 */
export const deployedKeys = (
  policy: AdmittedPolicy,
  { identity, courses }: Pick<GatewayPolicy, 'identity' | 'courses'>,
  { signInWithinDays }: NonNullable<GatewayPolicy['memberKeys']>,
  budgetGroups: readonly string[] | undefined,
  stores: ContentStores,
  environment: EnvironmentOf<WorkspaceVariables>,
): MemberKeyParts => {
  const suspensions = deployedSuspensions(policy.boundary, environment);
  if (suspensions === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'SUSPENSIONS_TABLE_ARN' must name the table of blocked members; deploy it again",
    );
  }
  return memberKeyParts(policy, 'deployment', stores, {
    signInWithinDays,
    courses,
    budgetGroups,
    prices: policy.prices,
    suspensions: new CachedSuspensions(suspensions),
    directory: identity && deployedDirectory(policy.boundary, identity, environment, true),
  });
};
