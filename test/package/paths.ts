/**
 * `npm run paths` times the commands that README gives a new user, starting with nothing: from a clone to a guarded synth, the guard in
 * an existing app, and a merge request of an existing repository, with the package as it would be published. It needs a previous `npm run prepack`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { FreshApp } from './fresh-app';
import { GitLabRepository } from './gitlab-repository';
import { GUARD, guardedBy, stackWith } from './guarded-app';
import { pack, ROOT } from './pack';
import { blocksOf, commandsOf } from './page-blocks';
import { tryRun } from './run';

/** A command, its folder, and how it is printed. */
interface Step {
  readonly cwd: string;
  readonly command: string;
  readonly label?: string;
}

/** Runs the commands of a path, and prints the duration of each and the total. */
function walk(title: string, steps: readonly Step[]): void {
  console.log(title);
  let sum = 0;
  for (const { cwd, command, label = command } of steps) {
    const { code, output, seconds } = tryRun(cwd, 'sh', '-c', command);
    if (code !== 0) throw new Error(`${command} in ${cwd}\n${output}`);
    sum += seconds;
    console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${label}`);
  }
  console.log(`  ${sum.toFixed(1).padStart(6)} s  total`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'path-'));
const clone = path.join(folder, 'clone');
const tarball = pack();
const [tryIt = ''] = blocksOf({ page: 'README.md', heading: 'Try it' }, 'sh');
const [install = ''] = blocksOf(GUARD, 'sh');

console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}`);
walk('clone to guarded synth', [
  { cwd: folder, command: `git clone --quiet ${ROOT} ${clone}`, label: 'git clone' },
  ...commandsOf(tryIt).map((command) => ({ cwd: clone, command })),
]);

const app = FreshApp.make();
app.write('lib/chat-stack.ts', stackWith('eu-west-1'));
app.write('bin/chat.ts', guardedBy(GUARD));
walk('an existing app, guarded', [
  ...commandsOf(install).map((label) => ({
    cwd: app.folder,
    command: label.replace(/\/path\/to\/\S+\.tgz|cdk-eu-residency/, tarball),
    label,
  })),
  { cwd: app.folder, command: 'npx cdk synth --quiet' },
]);
rmSync(folder, { recursive: true });

const repository = new GitLabRepository(tarball);
walk(
  'an existing repository on GitLab, to a merge request',
  GitLabRepository.COMMANDS.map((label) => ({ cwd: repository.folder, command: label, label })),
);
const started = performance.now();
const { annotations } = repository.mergeRequest();
console.log(
  `  ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  its job: ${annotations.length} annotation`,
);
