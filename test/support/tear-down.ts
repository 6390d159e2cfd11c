import { rmSync } from 'node:fs';
import path from 'node:path';
import { BUILT_COMMAND } from './built-command';

/** After all tests: removes everything temporary. */
export default function tearDown(): void {
  const built = process.env[BUILT_COMMAND];
  if (built !== undefined) rmSync(path.dirname(built), { recursive: true, force: true });
}
