/**
 * `npm run paths`: what README tells a newcomer to type, from nothing, timed: from a clone to a guarded synth, and an existing app
 * that is guarded by the package as it would be published. It needs `npm run prepack` before.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { FreshApp } from './fresh-app';
import { GUARD, guardedBy, stackWith } from './guarded-app';
import { pack, ROOT } from './pack';
import { blockOf, blocksOf, commandsOf } from './page-blocks';
import { end } from './run';

/** A command, where it is typed, and as what it is shown. */
interface Step {
  readonly cwd: string;
  readonly typed: string;
  readonly shown?: string;
}

/** Runs the commands of a path, and prints what each took and all together. */
function walk(what: string, steps: readonly Step[]): void {
  console.log(what);
  let sum = 0;
  for (const { cwd, typed, shown = typed } of steps) {
    const [program = '', ...args] = typed.split(' ');
    const { code, output, seconds } = end(cwd, program, ...args);
    if (code !== 0) throw new Error(`${typed} in ${cwd}\n${output}`);
    sum += seconds;
    console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${shown}`);
  }
  console.log(`  ${sum.toFixed(1).padStart(6)} s  in all`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'path-'));
const clone = path.join(folder, 'clone');
const tarball = pack();
const [tryIt = ''] = blocksOf({ page: 'README.md', heading: 'Try it' }, 'sh');
const install = blockOf(GUARD, 'sh');

console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}`);
walk('clone to guarded synth', [
  { cwd: folder, typed: `git clone --quiet ${ROOT} ${clone}`, shown: 'git clone' },
  ...commandsOf(tryIt).map((typed) => ({ cwd: clone, typed })),
]);

const app = FreshApp.make();
app.write('lib/chat-stack.ts', stackWith('eu-west-1'));
app.write('bin/chat.ts', guardedBy(GUARD));
walk('an existing app, guarded', [
  ...commandsOf(install).map((shown) => ({
    cwd: app.folder,
    typed: shown.replace('cdk-eu-residency', tarball),
    shown,
  })),
  { cwd: app.folder, typed: 'npx cdk synth --quiet' },
]);
rmSync(folder, { recursive: true });
