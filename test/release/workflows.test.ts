import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../package/pack';

// The linter is compiled if it isn't installed yet.
jest.setTimeout(300_000);

const LINTER = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const TOOLS = path.join(ROOT, '.local/actionlint');
const FOLDER = path.join(ROOT, '.github/workflows');
const WORKFLOWS = readdirSync(FOLDER);
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const release = parse(read('.github/workflows/release.yml'));
const gitlab = parse(read('.gitlab-ci.yml'));

test('actionlint finds nothing in the workflows', () => {
  if (spawnSync('go', ['version']).status !== 0)
    return void process.stdout.write('actionlint: not run, because Go is missing\n');
  const linter = path.join(TOOLS, 'actionlint');
  mkdirSync(TOOLS, { recursive: true });
  if (!existsSync(linter))
    execFileSync('go', ['install', LINTER], { env: { ...process.env, GOBIN: TOOLS }, stdio: 'pipe' });
  const { status, stdout } = spawnSync(
    linter,
    WORKFLOWS.map((name) => path.join(FOLDER, name)),
    { encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('each action is pinned to a commit, with its version as a comment', () => {
  const uses = WORKFLOWS.flatMap((name) => read(`.github/workflows/${name}`).match(/(?<=^ *-? *uses: ).*/gm) ?? []);
  expect(uses.length).toBeGreaterThan(3);
  expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
});

test('only the job that publishes has an identity, and it runs no code of the repository', () => {
  expect(release.permissions).toEqual({});
  expect(release.jobs.check.permissions).toEqual({ contents: 'read' });
  const { publish } = release.jobs;
  expect(publish).toMatchObject({ needs: 'check', environment: 'npm', permissions: { 'id-token': 'write' } });
  const steps: { uses?: string; run?: string }[] = publish.steps;
  expect(
    steps.flatMap(({ uses = '' }) => uses.split('@')[0] ?? '').filter((name) => /checkout|cache/.test(name)),
  ).toEqual([]);
  expect(Object.keys(gitlab.check)).not.toContain('id_tokens');
  expect(gitlab.publish.variables).toEqual({ GIT_STRATEGY: 'none' });
  for (const script of [steps.map(({ run = '' }) => run).join('\n'), gitlab.publish.script.join('\n')]) {
    expect(script).not.toMatch(/npm (?:ci|install|run)|npx|node |bash/);
    expect(script).toContain('sha256sum --check --strict');
  }
});

/** The commands that publish, run with an `npm` that prints its arguments. */
function published(commands: string, settings: Readonly<Record<string, string>>): string {
  const script = `npm() { echo "npm $*"; }; sha256sum() { :; }; cd() { :; }; ls() { :; }\n${commands}`;
  return execFileSync('bash', ['--norc', '-euc', script], {
    cwd: TOOLS,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...settings },
  });
}

test('nothing is published unless the owner has switched it on', () => {
  mkdirSync(TOOLS, { recursive: true });
  const publish = release.jobs.publish.steps.at(-1);
  expect(publish.env.MODE).toBe("${{ vars.RELEASE_PUBLISH == 'true' && '--provenance' || '--dry-run' }}");
  expect(published(publish.run, { SHA256: '', MODE: '--dry-run' })).toMatch(/^npm publish --access public --dry-run /m);
  const commands = gitlab.publish.script.join('\n');
  expect(published(commands, { RELEASE_PUBLISH: '' })).toMatch(/^npm publish --access public --dry-run /m);
  expect(published(commands, { RELEASE_PUBLISH: 'true' })).toMatch(/^npm publish --access public --provenance /m);
});
