import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { CLEAN, LEAK } from '../../cli/support';
import { ROOT } from '../../package/pack';
import { Repository } from '../support/repository';
import { PYTHON_TOOLS } from './tools';

jest.setTimeout(300_000);
beforeAll(() => PYTHON_TOOLS.install());

const MANIFEST = path.join(ROOT, '.pre-commit-hooks.yaml');
const AUTHOR = ['-c', 'user.name=n', '-c', 'user.email=n@example.eu'];
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', [...AUTHOR, ...args], { cwd: folder, encoding: 'utf8' }).trim();

/** A repository with nothing but the hook. */
function hookRepository(): { readonly repo: string; readonly rev: string } {
  const repo = mkdtempSync(path.join(tmpdir(), 'hooks-'));
  git(repo, 'init', '--quiet');
  copyFileSync(MANIFEST, path.join(repo, '.pre-commit-hooks.yaml'));
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', 'hooks');
  return { repo, rev: git(repo, 'rev-parse', 'HEAD') };
}

/** Commits nothing, but runs the hook on what is staged. npm gets the package from this clone. */
function preCommit(repository: Repository) {
  const bin = mkdtempSync(path.join(tmpdir(), 'bin-'));
  writeFileSync(path.join(bin, 'npx'), `#!/bin/sh\nshift 4\nexec "${path.join(ROOT, 'bin/eu-residency.cjs')}" "$@"\n`);
  chmodSync(path.join(bin, 'npx'), 0o755);
  const { repo, rev } = hookRepository();
  const hooks = [{ id: 'eu-residency', args: ['--region', 'eu-central-1', '--'] }];
  repository.write({ '.pre-commit-config.yaml': stringify({ repos: [{ repo, rev, hooks }] }) });
  git(repository.folder, 'add', '.');
  return spawnSync(PYTHON_TOOLS.program('pre-commit'), ['run'], {
    cwd: repository.folder,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      PRE_COMMIT_HOME: mkdtempSync(path.join(tmpdir(), 'home-')),
    },
    encoding: 'utf8',
  });
}

const OTHER_YAML = { 'compose.yaml': 'services: {}\n', 'notes-template.md': 'text' };

test('npm gets the version of this clone, and runs the command without options of its own, whatever the files are called', () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const command = `npx --yes --package cdk-eu-residency@${version} eu-residency check`;
  expect(parse(readFileSync(MANIFEST, 'utf8'))).toEqual([expect.objectContaining({ entry: command, args: ['--'] })]);
});

test('a commit of templates that stay inside passes, whatever other files it has', () => {
  const files = { 'a b/template.yaml': CLEAN, 'chat.template.json': CLEAN, 'sam-template.yml': CLEAN, ...OTHER_YAML };
  const { status, stdout } = preCommit(new Repository(files));
  expect([status, stdout]).toEqual([0, expect.stringContaining('Passed')]);
});

test('a commit of a leak fails with the finding', () => {
  const { status, stdout } = preCommit(new Repository({ 'a b/template.yaml': LEAK, ...OTHER_YAML }));
  expect([status, stdout]).toEqual([1, expect.stringContaining('us-east-1')]);
});

test('names of files that look like options are files', () => {
  const files = {
    '--write-baseline=x/template.json': LEAK,
    '--exceptions=y/template.yaml': CLEAN,
    'template.json': CLEAN,
  };
  const repository = new Repository(files);
  const { status, stdout } = preCommit(repository);
  expect([status, stdout]).toEqual([1, expect.stringContaining('us-east-1')]);
});
