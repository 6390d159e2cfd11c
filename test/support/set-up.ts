import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from './build';
import { BUILT_COMMAND } from './built-command';

/** Runs before all tests. Jest starts their processes later, with the environment that this function leaves. */
export default async function setUp(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-eu-residency-'));
  // All temporary files of the tests and their child processes go there, because CDK doesn't delete its synth output.
  process.env.TMPDIR = folder;
  process.env[BUILT_COMMAND] = path.join(folder, 'built');
  await bundle(path.join(folder, 'built'));
}
