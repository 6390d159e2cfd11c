import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Bundles the handlers once before the tests, so that no construct is tested with an old bundle. */
export default function build(): void {
  execFileSync(process.execPath, [path.join(__dirname, '../../scripts/bundle.mjs')], { stdio: 'inherit' });
}
