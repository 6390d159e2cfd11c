import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const BUNDLE = path.join(__dirname, '../../../../dist/bundles/jobs/index.mjs');
const RUN = path.join(__dirname, '../../gateway/support/run-bundle.mjs');

/** A deployed function. */
export interface Deployed {
  /** The folder of the policy and the test's files. */
  readonly folder: string;
  readonly policy: object;
  readonly environment: Record<string, string>;
}

/** Runs it on events, in its own process, as Lambda does. */
export async function runFunction({ folder, policy, environment }: Deployed, events: readonly object[]) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
  const file = path.join(folder, 'events.json');
  writeFileSync(file, JSON.stringify(events));
  const { stdout } = await promisify(execFile)(process.execPath, [RUN], {
    env: {
      BUNDLE,
      EVENTS: file,
      LAMBDA_TASK_ROOT: folder,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...environment,
    },
  });
  const lines = stdout.trim().split('\n');
  const { answers } = JSON.parse(lines.pop()?.replace(/^ANSWERS /, '') ?? '');
  return { answers, log: lines.map((line) => JSON.parse(line)) };
}
