import { loadConfig } from '../../config/load';
import type { KeyAccess } from '../../report/access/key-access';
import { liveKeys } from '../aws/access/live-keys';
import { signIn } from '../aws/sign-in';
import { UsageError } from '../shared/usage-error';

/** The customer managed keys of the account of a configuration, in each of its Regions, as they are now. */
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
      `your credentials belong to account ${caller.account}, but ${config} is for ${account}; sign in to ${account}, for example with AWS_PROFILE`,
    );
  }
  const called = models.flatMap(({ destinations }) => destinations.map(({ sourceRegion }) => sourceRegion));
  const regions = [...new Set([primaryRegion, ...called])];
  const keys = await Promise.all(
    regions.map((region) => liveKeys(caller, region).catch((error) => unseen(region, error))),
  );
  return keys.flat();
}

/** Keys that couldn't be listed still appear, as unknown. */
function unseen(region: string, error: Error): KeyAccess[] {
  if (error instanceof UsageError) throw error;
  const unknown = [
    `the keys of ${region} can't be listed (${error.name}); allow your user or role to call kms:ListKeys and kms:ListAliases`,
  ];
  return [{ key: 'every key', region, protects: [], entries: [], denied: [], unknown }];
}
