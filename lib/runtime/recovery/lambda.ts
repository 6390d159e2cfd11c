import { ResidencyBoundary } from '../../boundary/boundary';
import { policyText } from '../gateway/lambda-handler';
import { writeLine } from '../provider/provider-log';
import { deployedStores } from '../workspace/deployed-stores';
import { copyHandler } from './copy-handler';
import { deployedKeyStore } from './deployed-key-store';
import { drillHandler } from './drill-handler';
import { parseRecoveryPolicy } from './policy';

const { boundary: name, workspace, task } = parseRecoveryPolicy(policyText(process.env));
const boundary = ResidencyBoundary.parse(name);

/** One bundle for both functions of recovery. Which one this is decides what it is made of, and its role what it may do. */
const TASKS = {
  'copy-keys': () =>
    copyHandler({
      from: deployedKeyStore(boundary, workspace, process.env),
      to: deployedKeyStore(boundary, workspace, process.env, 'RECOVERY_'),
      log: writeLine,
    }),
  drill: () => {
    const tenant = { kind: 'workspace' as const, ids: [workspace] };
    return drillHandler({ ...deployedStores({ boundary, tenant }, process.env), log: writeLine });
  },
};

/** Keeps keys in the recovery Region too, or reads copies back there. */
export const handler = TASKS[task]();
