import { ResidencyBoundary } from '../../boundary/boundary';
import { policyText } from '../gateway/lambda-handler';
import { writeLine } from '../provider/provider-log';
import { DeployedParts } from '../workspace/deployed-parts';
import { BranchKeyVault } from '../workspace/vault/branch-key-vault';
import { copyHandler } from './copy-handler';
import { drillHandler } from './drill-handler';
import { parseRecoveryPolicy } from './policy';

const { boundary: name, workspace, task } = parseRecoveryPolicy(policyText(process.env));
const boundary = ResidencyBoundary.parse(name);

/** One of the two key stores, which is all that whoever copies keys has of a Region. */
const keyStore = (prefix: '' | 'RECOVERY_') =>
  new DeployedParts(boundary, process.env, 'the copy of keys', prefix, 'BRANCH_KEYS_TABLE_ARN').keyStore(workspace);

/** One bundle for both functions of recovery. Which one this is decides what it is made of, and its role what it may do. */
const TASKS = {
  'copy-keys': () => copyHandler({ from: keyStore(''), to: keyStore('RECOVERY_'), log: writeLine }),
  drill: () => {
    const parts = new DeployedParts(boundary, process.env, 'the drill');
    const vault = new BranchKeyVault(parts.keyStore(workspace));
    return drillHandler({ table: parts.table(), bucket: parts.bucket('FILES_BUCKET'), vault, log: writeLine });
  },
};

/** Keeps keys in the recovery Region too, or reads copies back there. */
export const handler = TASKS[task]();
