import { rmSync } from 'node:fs';
import path from 'node:path';
import { BUILT_COMMAND } from './built-command';

/** Runs after all tests, and removes all temporary files. */
export default function tearDown(): void {
  const built = process.env[BUILT_COMMAND];
  if (built !== undefined) rmSync(path.dirname(built), { recursive: true, force: true });
}
