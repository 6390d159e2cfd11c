import type { WorkspaceVariables } from '../../contract/environment';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import type { EnvironmentOf } from '../aws/endpoint';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { deployedDirectory, deployedSuspensions } from './identity/deployed-members';
import { type MemberKeyParts, memberKeyParts } from './member-key-parts';
import type { ContentStores } from './store/content-stores';

/**
 * The API keys of a deployed workspace's members.
 *
 * @throws if the environment doesn't name the table of blocked members
 */
export const deployedKeys = (
  policy: AdmittedPolicy,
  identity: GatewayPolicy['identity'],
  { signInWithinDays }: NonNullable<GatewayPolicy['memberKeys']>,
  stores: ContentStores,
  environment: EnvironmentOf<WorkspaceVariables>,
): MemberKeyParts =>
  memberKeyParts(policy, 'deployment', stores, {
    signInWithinDays,
    suspensions: deployedSuspensions(policy.boundary, environment),
    directory: identity && deployedDirectory(policy.boundary, identity, environment),
  });
