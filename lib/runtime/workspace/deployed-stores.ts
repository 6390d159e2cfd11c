import type { WorkspaceVariables } from '../../contract/environment';
import type { EnvironmentOf } from '../aws/endpoint';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { DeployedParts } from './deployed-parts';
import { BranchKeyVault } from './vault/branch-key-vault';

/**
 * Where a deployed workspace keeps content, and what encrypts it, as its stack names it.
 *
 * @throws if the environment doesn't name each, or one isn't inside
 */
export function deployedStores(
  { boundary, tenant }: Pick<AdmittedPolicy, 'boundary' | 'tenant'>,
  environment: EnvironmentOf<WorkspaceVariables>,
) {
  const [workspace = ''] = tenant.ids;
  const parts = new DeployedParts(boundary, environment, 'the gateway');
  // First, since it compares where everything is.
  const vault = new BranchKeyVault(parts.keyStore(workspace));
  return {
    table: parts.table(),
    vault,
    bucket: parts.bucket('FILES_BUCKET'),
    retentionDays: parts.retentionDays(),
  };
}
