import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { type HandlerName, POLICY_FILE } from '../../contract/handlers';
import type { Policies } from '../../contract/policies/policies';
import { handlerBundle } from './handler-bundle';

/**
 * A handler's bundle with its policy in the same directory, while `use` runs. The policy is part of the code, not of
 * the environment. So it can't be changed without a deployment and has no 4 KB limit.
 */
export function withHandlerAsset<N extends HandlerName, T>(
  scope: Construct,
  name: N,
  policy: Policies[N],
  use: (directory: string) => T,
): T {
  // A new directory that only its owner can write to, so no other user of the machine can add a file to the deployed
  // code.
  const directory = mkdtempSync(path.join(tmpdir(), `${name}-`));
  try {
    cpSync(handlerBundle(name), directory, { recursive: true });
    writeFileSync(path.join(directory, POLICY_FILE), `${JSON.stringify(policy, undefined, 2)}\n`);
    return use(directory);
  } finally {
    // CDK has copied it into the cloud assembly, unless staging is off (`--no-staging`): then the assembly refers to
    // this directory.
    if (!scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) rmSync(directory, { recursive: true, force: true });
  }
}
