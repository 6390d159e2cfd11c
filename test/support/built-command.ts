import { cpSync } from 'node:fs';
import path from 'node:path';

/** The variable that contains the folder of the command's bundle. */
export const BUILT_COMMAND = 'TEST_BUILT_COMMAND';

/**
 * Copies the command as it is published, with its compiled files and without packages, and returns its path.
 *
 * @param folder the destination of the copy
 */
export function builtCommand(folder: string): string {
  const built = process.env[BUILT_COMMAND];
  if (built === undefined) throw new Error(`${BUILT_COMMAND} isn't set: test/support/set-up.ts runs before all tests`);
  cpSync(built, folder, { recursive: true });
  return path.join(folder, 'bin/eu-residency.js');
}
