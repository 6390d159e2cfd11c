/**
 * Switches how the documentation and `init` get this package: from a registry, or from a tarball.
 *
 *   npx tsx scripts/published.ts --on    in the commit of the first release, whose pages name the registry
 *   npx tsx scripts/published.ts --off
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [state] = process.argv.slice(2);
if (state !== '--on' && state !== '--off') throw new Error('expected --on or --off');
const root = path.join(__dirname, '..');
const file = path.join(root, 'lib/cli/shared/published.ts');
const before = readFileSync(file, 'utf8');
writeFileSync(file, before.replace(/(?<=IS_PUBLISHED: boolean = )\w+/, `${state === '--on'}`));
process.exitCode = spawnSync('npm', ['run', '--silent', 'docs'], { cwd: root, stdio: 'inherit' }).status ?? 1;
