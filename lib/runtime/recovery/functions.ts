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
import { writeLine } from '../settings/settings-log';
import { DeployedParts } from '../workspace/deployed-parts';
import { BranchKeyring } from '../workspace/keyring/branch-keyring';
import { copyHandler } from './copy-handler';
import { drillHandler } from './drill-handler';

/**
 * The functions of recovery by their names in the stacks: one copies keys to the recovery Region, the other reads copies back there.
 */
export const recoveryFunctions = (environment: EnvironmentOf<CopyKeysVariables & DrillVariables>) => {
  const readPolicy = () => deployedPolicy(recoverySchema, 'recovery', environment);
  return {
    'copy-keys': () => {
      const { boundary, workspace } = readPolicy();
      // The function's only resources in each Region are those of its key store.
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
      const { boundary, workspace } = readPolicy();
      const parts = new DeployedParts(ResidencyBoundary.parse(boundary), environment, 'the drill');
      const keyring = new BranchKeyring(parts.keyStore(workspace));
      return drillHandler({ table: parts.table(), bucket: parts.bucket('FILES_BUCKET'), keyring, log: writeLine });
    },
  } satisfies Partial<Record<JobsFunction, () => unknown>>;
};
