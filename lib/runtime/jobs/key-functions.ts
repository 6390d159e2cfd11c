import { ResidencyBoundary } from '../../boundary/boundary';
import type { JobsFunction, MakeKeysVariables } from '../../contract/environment';
import { recoverySchema } from '../../contract/schemas/recovery-schema';
import { deployedPolicy } from '../aws/deployed-policy';
import type { EnvironmentOf } from '../aws/endpoint';
import { writeLine } from '../settings/settings-log';
import { DeployedParts } from '../workspace/deployed-parts';
import { OwnKeyMaker } from '../workspace/keyring/key-maker';
import { openKeyStore } from '../workspace/keyring/key-store';
import { makeKeysHandler } from './make-keys-handler';

/** The function that makes branch keys, by its name in the stacks. */
export const keyFunctions = (environment: EnvironmentOf<MakeKeysVariables>) =>
  ({
    'make-keys': () => {
      const { boundary, workspace } = deployedPolicy(recoverySchema, 'recovery', environment);
      const parts = new DeployedParts(
        ResidencyBoundary.parse(boundary),
        environment,
        'the function that makes keys',
        '',
        'BRANCH_KEYS_TABLE_ARN',
      );
      const { client, requests } = parts.keyRequests();
      return makeKeysHandler({
        maker: new OwnKeyMaker(workspace, openKeyStore(parts.keyStore(workspace))),
        requests: { client, name: requests },
        log: writeLine,
      });
    },
  }) satisfies Partial<Record<JobsFunction, () => unknown>>;
