import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { type HandlerName, POLICY_FILE } from '../../contract/handlers';
import type { Policies } from '../../contract/policies/policies';
import { handlerBundle } from './handler-bundle';
import { giveBack, linkedBundle } from './linked-bundle';

/** The options of the asset that a directory becomes. */
export interface HandlerAssetOptions {
  /** What identifies the content of the directory, so that CDK doesn't read the bundle again for each function. */
  readonly assetHash: string;
}

/**
 * A handler's bundle with its policy in the same directory, while `use` runs. The policy is part of the code, not of
 * the environment. So it can't be changed without a deployment and has no 4 KB limit.
 */
export function withHandlerAsset<N extends HandlerName, T>(
  scope: Construct,
  name: N,
  policy: Policies[N],
  use: (directory: string, options: HandlerAssetOptions) => T,
): T {
  const bundle = handlerBundle(name);
  const text = `${JSON.stringify(policy, undefined, 2)}\n`;
  const isStaged = !scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT);
  const directory = isStaged ? linkedBundle(bundle, name) : copiedBundle(bundle, name);
  try {
    writeFileSync(path.join(directory, POLICY_FILE), text);
    return use(directory, { assetHash: hash(knownHash(bundle), text) });
  } finally {
    // CDK has copied it into the cloud assembly, unless staging is off (`--no-staging`): then the assembly refers to
    // this directory.
    if (isStaged) giveBack(bundle, directory, POLICY_FILE);
  }
}

/** A new directory that only its owner can write to, and that stays: the cloud assembly refers to it. */
function copiedBundle(bundle: string, name: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), `${name}-`));
  cpSync(bundle, directory, { recursive: true });
  return directory;
}

const hash = (...parts: readonly (string | Buffer)[]): string => {
  const result = createHash('sha256');
  for (const part of parts) result.update(`${Buffer.byteLength(part)}:`).update(part);
  return result.digest('hex');
};

/** A bundle doesn't change while an app is synthesized. */
const bundleHashes = new Map<string, string>();

function knownHash(bundle: string): string {
  const known = bundleHashes.get(bundle) ?? bundleHash(bundle);
  bundleHashes.set(bundle, known);
  return known;
}

/** What identifies the files of a directory, of whatever bytes. */
export function bundleHash(bundle: string): string {
  const files = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  const parts = paths.flatMap((file) => [path.relative(bundle, file).replaceAll(path.sep, '/'), readFileSync(file)]);
  return hash(...parts);
}
