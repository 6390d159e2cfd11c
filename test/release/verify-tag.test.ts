import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.join(__dirname, '../../scripts/verify-tag.mjs');

const folder = mkdtempSync(path.join(tmpdir(), 'verify-tag-'));
const clone = path.join(folder, 'clone');
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

function verify(tag: string, signers: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, tag], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, RELEASE_SIGNERS: signers },
  });
  return { status, output: `${stdout}${stderr}` };
}

beforeAll(() => {
  mkdirSync(clone);
  for (const name of ['owner', 'stranger'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key(name)]);
  writeFileSync(path.join(clone, 'package.json'), '{ "version": "0.2.0" }');
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

test('the command of docs/RELEASES.md signs a tag that is accepted', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/RELEASES.md'), 'utf8');
  const [command = ''] = /git -c gpg\.format=ssh .* tag --sign .*/.exec(page) ?? [];
  const home = { ...process.env, HOME: folder, GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 'test@example.eu' };
  execFileSync('bash', ['-euc', `${command.replace('.ssh/KEY.pub', 'owner.pub').replace('tag --', 'tag --force --')}`], {
    cwd: clone,
    env: home,
    stdio: 'pipe',
  });
  expect(verify('v0.2.0', signer('owner')).status).toBe(0);
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
