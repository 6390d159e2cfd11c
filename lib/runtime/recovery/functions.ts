import { ResidencyBoundary } from '../../boundary/boundary';
import {
  type CopyKeysVariables,
  type DrillVariables,
  type JobsFunction,
  RECOVERY_PREFIX,
} from '../../contract/environment';
import { recoverySchema } from '../../contract/schemas/recovery-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import type { EnvironmentOf } from '../aws/endpoint';
import { writeLine } from '../settings/provider-log';
import { DeployedParts } from '../workspace/deployed-parts';
import { BranchKeyVault } from '../workspace/vault/branch-key-vault';
import { copyHandler } from './copy-handler';
import { drillHandler } from './drill-handler';

/**
 * The functions of recovery by the names that their stacks call them: what keeps keys in the recovery Region too, and what reads copies
 * back there.
 */
export const recoveryFunctions = (environment: EnvironmentOf<CopyKeysVariables & DrillVariables>) => {
  const told = () => deployedPolicy(recoverySchema, 'recovery', environment);
  return {
    'copy-keys': () => {
      const { boundary, workspace } = told();
      // One of the two key stores is all that whoever copies keys has of a Region.
      const keyStore = (prefix: '' | typeof RECOVERY_PREFIX) =>
        new DeployedParts(
          ResidencyBoundary.parse(boundary),
          environment,
          'the copy of keys',
          prefix,
          'BRANCH_KEYS_TABLE_ARN',
        ).keyStore(workspace);
      return copyHandler({ from: keyStore(''), to: keyStore(RECOVERY_PREFIX), log: writeLine });
    },
    drill: () => {
      const { boundary, workspace } = told();
      const parts = new DeployedParts(ResidencyBoundary.parse(boundary), environment, 'the drill');
      const vault = new BranchKeyVault(parts.keyStore(workspace));
      return drillHandler({ table: parts.table(), bucket: parts.bucket('FILES_BUCKET'), vault, log: writeLine });
    },
  } satisfies Partial<Record<JobsFunction, () => unknown>>;
};
