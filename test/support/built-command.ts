import { cpSync } from 'node:fs';
import path from 'node:path';

/** The variable with the folder that `bundle` writes the command into. */
export const BUILT_COMMAND = 'TEST_BUILT_COMMAND';

/**
 * The command as it is published, in a folder with what is compiled beside it and no package; the path of the command.
 *
 * @param folder where it is copied to
 */
export function builtCommand(folder: string): string {
  const built = process.env[BUILT_COMMAND];
  if (built === undefined) throw new Error(`${BUILT_COMMAND} isn't set: test/support/set-up.ts runs before all tests`);
  cpSync(built, folder, { recursive: true });
  return path.join(folder, 'bin/eu-residency.js');
}
