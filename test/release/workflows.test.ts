import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  writeFileSync(path.join(TOOLS, 'DIST_TAG'), 'latest\n');
  const publish = release.jobs.publish.steps.at(-1);
  expect(publish.env.MODE).toBe("${{ vars.RELEASE_PUBLISH == 'true' && '--provenance' || '--dry-run' }}");
  expect(published(publish.run, { SHA256: '', DIST_TAG: 'latest', MODE: '--dry-run' })).toMatch(
    /^npm publish --access public --tag latest --dry-run /m,
  );
  const commands = gitlab.publish.script.join('\n');
  expect(published(commands, { RELEASE_PUBLISH: '' })).toMatch(/^npm publish --access public --tag latest --dry-run /m);
  expect(published(commands, { RELEASE_PUBLISH: 'true' })).toMatch(
    /^npm publish --access public --tag latest --provenance /m,
  );
});

test('a run by hand publishes nothing, even on a tag', () => {
  expect(release.jobs.publish.if).toBe("github.event_name == 'push' && github.ref_type == 'tag'");
  expect(gitlab.publish.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_TAG =~ /^v/' }]);
});

test('the job that publishes gets the dist-tag of the verified tag, and on GitLab nothing but it and the tarball', () => {
  expect(release.jobs.check.outputs['dist-tag']).toBe('${{ steps.tag.outputs.dist-tag }}');
  expect(release.jobs.publish.steps.at(-1).env.DIST_TAG).toBe('${{ needs.check.outputs.dist-tag }}');
  const files = ['*.tgz', 'SHA256SUMS', 'DIST_TAG'].map((name) => `.local/release/${name}`);
  expect(gitlab.check.artifacts).toEqual({ paths: files, expire_in: '30 days' });
  const commands = gitlab.publish.script.join('\n');
  writeFileSync(path.join(TOOLS, 'DIST_TAG'), 'release-0.2\n--registry=https://npm.example.eu\n');
  expect(published(commands, { RELEASE_PUBLISH: '' })).toMatch(
    /^npm publish --access public --tag release-0\.2 --dry-run \S+$/m,
  );
  writeFileSync(path.join(TOOLS, 'DIST_TAG'), 'latest next\n');
  expect(() => published(commands, { RELEASE_PUBLISH: '' })).toThrow();
});
