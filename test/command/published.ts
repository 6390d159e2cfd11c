import { execFileSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** Bundles the command into a folder as it is published, with what is compiled beside it; the path of the command. */
export function publishedIn(root: string): string {
  const command = path.join(root, 'bin/eu-residency.js');
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/bundle-command.mjs'), command]);
  for (const name of ['load', 'load-profile-rows', 'write-profile-rows'].map((file) => `lib/config/${file}`)) {
    const options = ['--bundle', '--platform=node', `--outfile=${path.join(root, `${name}.js`)}`];
    const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
    execFileSync(esbuild, [path.join(ROOT, `${name}.ts`), ...options], { stdio: 'ignore' });
  }
  return command;
}
