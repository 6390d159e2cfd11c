import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { type HandlerName, POLICY_FILE } from '../../contract/handlers';
import type { Policies } from '../../contract/policies/policies';
import { handlerBundle } from './handler-bundle';

/**
 * A handler's bundle with a policy beside it, for as long as `use` runs. The policy is part of the code, not of the
 * environment, so it can't be changed without a deployment and has no 4 KB limit.
 */
export function withHandlerAsset<N extends HandlerName, T>(
  scope: Construct,
  name: N,
  policy: Policies[N],
  use: (directory: string) => T,
): T {
  // A fresh directory that only its owner can write: nobody else can slip a file into what is deployed.
  const directory = mkdtempSync(path.join(tmpdir(), `${name}-`));
  try {
    cpSync(handlerBundle(name), directory, { recursive: true });
    writeFileSync(path.join(directory, POLICY_FILE), `${JSON.stringify(policy, undefined, 2)}\n`);
    return use(directory);
  } finally {
    // CDK has copied it into the cloud assembly, unless it was told (`--no-staging`) to refer to it where it is.
    if (!scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) rmSync(directory, { recursive: true, force: true });
  }
}
