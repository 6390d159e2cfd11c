import * as z from 'zod/mini';
import { ResidencyBoundary } from '../../boundary/boundary';
import { deployedPolicy } from '../aws/deployed-policy';
import type { Environment } from '../aws/endpoint';
import { workspaceId } from '../gateway/policy/workspace-policy';
import { writeLine } from '../settings/provider-log';
import { DeployedParts } from '../workspace/deployed-parts';
import { BranchKeyVault } from '../workspace/vault/branch-key-vault';
import { copyHandler } from './copy-handler';
import { drillHandler } from './drill-handler';

const policy = z.strictObject({ boundary: z.string(), workspace: workspaceId });

/**
 * The functions of recovery by the names that their stacks call them: what keeps keys in the recovery Region too, and what reads copies
 * back there.
 */
export const recoveryFunctions = (environment: Environment) => {
  const told = () => deployedPolicy(policy, 'recovery', environment);
  return {
    'copy-keys': () => {
      const { boundary, workspace } = told();
      // One of the two key stores is all that whoever copies keys has of a Region.
      const keyStore = (prefix: '' | 'RECOVERY_') =>
        new DeployedParts(
          ResidencyBoundary.parse(boundary),
          environment,
          'the copy of keys',
          prefix,
          'BRANCH_KEYS_TABLE_ARN',
        ).keyStore(workspace);
      return copyHandler({ from: keyStore(''), to: keyStore('RECOVERY_'), log: writeLine });
    },
    drill: () => {
      const { boundary, workspace } = told();
      const parts = new DeployedParts(ResidencyBoundary.parse(boundary), environment, 'the drill');
      const vault = new BranchKeyVault(parts.keyStore(workspace));
      return drillHandler({ table: parts.table(), bucket: parts.bucket('FILES_BUCKET'), vault, log: writeLine });
    },
  };
};
