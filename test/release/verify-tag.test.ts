import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPTS = path.join(__dirname, '../../scripts');

const folder = mkdtempSync(path.join(tmpdir(), 'verify-tag-'));
const clone = path.join(folder, 'clone');
const published = path.join(clone, 'lib/cli/shared/published.ts');
const key = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.eu', '-c', 'gpg.format=ssh', ...args], {
    cwd: clone,
    stdio: 'pipe',
  });
const signer = (name: string) => `release@example.eu ${readFileSync(`${key(name)}.pub`, 'utf8')}`;
const sign = (tag: string, by: string) =>
  git('-c', `user.signingkey=${key(by)}`, 'tag', '--force', '--sign', '--message', tag, tag);

/** No pipeline, wherever these tests run. */
const { CI_PROJECT_URL: _, GITHUB_SERVER_URL: __, GITHUB_REPOSITORY: ___, ...outside } = process.env;

function verify(tag: string, signers: string, pipeline: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(SCRIPTS, 'verify-tag.mjs'), tag], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...outside, RELEASE_SIGNERS: signers, ...pipeline },
  });
  return { status, output: `${stdout}${stderr}` };
}

beforeAll(() => {
  mkdirSync(clone);
  for (const name of ['owner', 'stranger'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key(name)]);
  const repository = { url: 'git+https://github.com/acme/residency.git' };
  writeFileSync(path.join(clone, 'package.json'), JSON.stringify({ version: '0.2.0', repository }));
  mkdirSync(path.dirname(published), { recursive: true });
  writeFileSync(published, 'export const IS_PUBLISHED: boolean = true;\n');
  writeFileSync(path.join(clone, 'CHANGELOG.md'), '# Changelog\n\n## [0.2.0] - 2027-01-01\n');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Release');
});

test('a tag that an allowed signer made is accepted', () => {
  sign('v0.2.0', 'owner');
  expect(verify('v0.2.0', signer('owner'))).toEqual({
    status: 0,
    output: 'v0.2.0 is signed by a key of RELEASE_SIGNERS\n',
  });
});

test('the commands of docs/RELEASES.md sign a tag that is accepted, and verify it', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/RELEASES.md'), 'utf8');
  const [sign = ''] = /git -c gpg\.format=ssh .* tag --sign .*/.exec(page) ?? [];
  const [review = ''] = /git -c gpg\.ssh\.allowedSignersFile=.*/.exec(page) ?? [];
  const run = (command: string) =>
    spawnSync('bash', ['-c', command.replace('~/.ssh/', '~/').replace('KEY', 'owner')], {
      cwd: clone,
      env: { ...process.env, HOME: folder, GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 'test@example.eu' },
    }).status;
  git('tag', '--delete', 'v0.2.0');
  expect(run(sign)).toBe(0);
  expect(verify('v0.2.0', signer('owner')).status).toBe(0);
  writeFileSync(path.join(folder, 'allowed-signers'), signer('owner'));
  expect(run(review)).toBe(0);
  writeFileSync(path.join(folder, 'allowed-signers'), signer('stranger'));
  expect(run(review)).not.toBe(0);
});

test('only the pipeline of the repository that package.json names may publish', () => {
  sign('v0.2.0', 'owner');
  const onGitHub = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/residency' };
  expect(verify('v0.2.0', signer('owner'), onGitHub).status).toBe(0);
  const elsewhere: Record<string, string>[] = [
    { ...onGitHub, GITHUB_REPOSITORY: 'acme/fork' },
    { CI_PROJECT_URL: 'https://gitlab.com/acme/residency' },
  ];
  for (const pipeline of elsewhere) {
    const { status, output } = verify('v0.2.0', signer('owner'), pipeline);
    expect(output).toContain("isn't the repository that publishes");
    expect(status).toBe(1);
  }
});

describe('the dist-tag', () => {
  const distTag = (tag: string) =>
    spawnSync(process.execPath, [path.join(SCRIPTS, 'dist-tag.mjs'), tag], { cwd: clone, encoding: 'utf8' });
  const others = ['v0.1.9', 'v0.2.1', 'v0.10.0', 'v1.0.0-rc.1', 'vnext'];
  beforeAll(() => {
    for (const tag of others) git('tag', tag);
  });
  afterAll(() => void git('tag', '--delete', ...others));

  test.each([
    ['v0.10.0', 'latest'],
    ['v0.10.1', 'latest'],
    ['v1.0.0', 'latest'],
    ['v0.9.9', 'release-0.9'],
    ['v0.2.1', 'release-0.2'],
    ['v0.1.10', 'release-0.1'],
  ])('of %s is %s', (tag, expected) => expect(distTag(tag).stdout).toBe(`${expected}\n`));

  test('of a pre-release is refused', () => {
    const { status, stdout, stderr } = distTag('v1.0.0-rc.1');
    expect(stderr).toContain("pre-releases aren't published");
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

const refusals: Record<string, [reason: string, tag: string, signers: () => string, prepare: () => void]> = {
  'a signature of another key': [
    'no key of RELEASE_SIGNERS',
    'v0.2.0',
    () => signer('owner'),
    () => sign('v0.2.0', 'stranger'),
  ],
  'no allowed signer': ['RELEASE_SIGNERS is empty', 'v0.2.0', () => ' ', () => sign('v0.2.0', 'owner')],
  'a tag without a signature': [
    'has no SSH signature',
    'v0.2.0',
    () => signer('owner'),
    () => git('tag', '--force', '--annotate', '-m', 'x', 'v0.2.0'),
  ],
  'a tag without an object': [
    'no annotated tag',
    'v0.2.0',
    () => signer('owner'),
    () => git('tag', '--force', 'v0.2.0'),
  ],
  'another version': ["isn't 'v0.2.0'", 'v0.3.0', () => signer('owner'), () => sign('v0.3.0', 'owner')],
  'another commit': [
    'another commit',
    'v0.2.0',
    () => signer('owner'),
    () => {
      sign('v0.2.0', 'owner');
      git('commit', '--quiet', '--allow-empty', '--message', 'Later');
    },
  ],
  'a version of which the pages say that it is in no registry': [
    'published.ts --on',
    'v0.2.0',
    () => signer('owner'),
    () => {
      sign('v0.2.0', 'owner');
      writeFileSync(published, 'export const IS_PUBLISHED: boolean = false;\n');
    },
  ],
  'a version without changes': [
    "no '## [0.2.0]'",
    'v0.2.0',
    () => signer('owner'),
    () => {
      writeFileSync(path.join(clone, 'CHANGELOG.md'), '# Changelog\n\n## [Unreleased]\n');
      sign('v0.2.0', 'owner');
    },
  ],
};

test.each(Object.entries(refusals))('%s is refused', (_, [reason, tag, signers, prepare]) => {
  prepare();
  const { status, output } = verify(tag, signers());
  expect(output).toContain(reason);
  expect(status).toBe(1);
});
