import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from './build';
import { BUILT_COMMAND } from './built-command';

/** Before all tests. Their processes are started later, with what the environment is then. */
export default async function setUp(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-eu-residency-'));
  // Everything temporary of the tests, and of what they start, is in it: CDK leaves behind what it has synthesized.
  process.env.TMPDIR = folder;
  process.env[BUILT_COMMAND] = path.join(folder, 'built');
  await bundle(path.join(folder, 'built'));
}
