import type { WorkspaceVariables } from '../../contract/environment';
import type { EnvironmentOf } from '../aws/endpoint';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { DeployedParts } from './deployed-parts';
import { BranchKeyring } from './keyring/branch-keyring';
import { RequestedKeys } from './keyring/requested-keys';

/**
 * The stores of a deployed workspace's content, as its stack names them, and the keys that encrypt it.
 *
 * @throws if the environment doesn't name each store, or one isn't inside the boundary
 */
export function deployedStores(
  { boundary, tenant }: Pick<AdmittedPolicy, 'boundary' | 'tenant'>,
  environment: EnvironmentOf<WorkspaceVariables>,
) {
  const [workspace = ''] = tenant.ids;
  const parts = new DeployedParts(boundary, environment, 'the gateway');
  // First, because it requires the key and the table of keys to be in the Region of the content.
  const keyStore = parts.keyStore(workspace);
  const keyring = new BranchKeyring(keyStore, new RequestedKeys({ workspace, ...parts.keyRequests() }));
  return {
    table: parts.table(),
    keyring,
    bucket: parts.bucket('FILES_BUCKET'),
    retentionDays: parts.retentionDays(),
    ...(environment.CONVERSIONS_TABLE_ARN && { conversions: { table: parts.conversions().name } }),
  };
}
