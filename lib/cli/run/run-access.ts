import { loadConfig } from '../../config/load';
import type { KeyAccess } from '../../report/access/key-access';
import { liveKeys } from '../aws/access/live-keys';
import { signIn } from '../aws/sign-in';
import { UsageError } from '../shared/usage-error';

/** The customer managed keys of the account that a configuration is deployed to, in each of its Regions, as they are now. */
export async function readLiveKeys(
  config: string,
  environment: NodeJS.ProcessEnv = process.env,
  timeoutMs = 5_000,
): Promise<KeyAccess[]> {
  const { boundary, deployment } = loadConfig(config);
  if (deployment === undefined) {
    throw new UsageError(
      `${config}: declares a boundary and nothing to deploy; add 'models' and a workspace or a project`,
    );
  }
  const { primaryRegion, account, models } = deployment;
  const caller = await signIn({ boundary, environment, timeoutMs }, primaryRegion);
  if (account !== undefined && account !== caller.account) {
    throw new UsageError(
      `these are credentials of ${caller.account}, but ${config} is for ${account}; sign in to ${account}: set AWS_PROFILE`,
    );
  }
  const called = models.flatMap(({ destinations }) => destinations.map(({ sourceRegion }) => sourceRegion));
  const regions = [...new Set([primaryRegion, ...called])];
  const keys = await Promise.all(
    regions.map((region) => liveKeys(caller, region).catch((error) => unseen(region, error))),
  );
  return keys.flat();
}

/** Keys that nobody could list aren't none. */
function unseen(region: string, error: Error): KeyAccess[] {
  if (error instanceof UsageError) throw error;
  const unknown = [
    `the keys of ${region} can't be listed (${error.name}); let your user or role do kms:ListKeys, kms:ListAliases`,
  ];
  return [{ key: 'every key', region, protects: [], entries: [], denied: [], unknown }];
}
