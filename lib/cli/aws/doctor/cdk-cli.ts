import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { linesOf } from '../../../report/doctor/doctor-line';
import type { Check } from './subject';
import { isAtLeast } from './versions';

/** The version that this package is tested with; an older CLI may not read the output of a newer library. */
export const TESTED_CLI = '2.1148.1';

const lines = linesOf('CDK CLI')();
const INSTALL = `npm install --save-dev --save-exact aws-cdk@${TESTED_CLI}`;

/** The CDK CLI that `npx cdk` would run in the configuration's folder. */
export const cdkCli: Check = async ({ folder, caller }) => {
  const version = installed(folder) ?? (await onPath(caller.calls.environment));
  if (version === undefined) return [lines.missing('not installed', INSTALL)];
  if (!version.startsWith('2.')) {
    return [lines.missing(`${version}, which can't read the output of aws-cdk-lib 2`, INSTALL)];
  }
  return [
    isAtLeast(version, TESTED_CLI)
      ? lines.ok(version)
      : lines.missing(`${version}, older than ${TESTED_CLI}, which this package is tested with`, INSTALL),
  ];
};

function installed(folder: string): string | undefined {
  try {
    const file = createRequire(path.join(path.resolve(folder), 'residency.yaml')).resolve('aws-cdk/package.json');
    return JSON.parse(readFileSync(file, 'utf8')).version;
  } catch {
    return undefined;
  }
}

async function onPath({ PATH }: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    // Only the path of the environment: the CLI calls no service for its own version.
    const env = { PATH, CDK_DISABLE_VERSION_CHECK: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
    const { stdout } = await promisify(execFile)('cdk', ['--version'], { env, timeout: 10_000 });
    return /^\d+\.\d+\.\d+/.exec(stdout)?.[0];
  } catch {
    return undefined;
  }
}
