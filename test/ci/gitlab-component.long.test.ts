import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jobsWith, runJob } from './support/component';
import { INPUTS, Repository } from './support/repository';

const QUALITY = 'gl-code-quality-report.json';
const JUNIT = 'eu-residency-junit.xml';

let repository: Repository;
beforeEach(() => {
  repository = new Repository();
});

const quality = () => JSON.parse(repository.read(QUALITY));

/** The number of each element of an XML text, which must be well-formed. */
function elements(xml: string): Readonly<Record<string, number>> {
  const open: string[] = [];
  const counts: Record<string, number> = {};
  for (const [, end, name = '', empty] of xml
    .replace(/<!--.*?-->|<\?.*?\?>/gs, '')
    .matchAll(/<(\/?)([a-z-]+)[^>]*?(\/?)>/g)) {
    if (end === '/') expect(open.pop()).toBe(name);
    else counts[name] = (counts[name] ?? 0) + 1;
    if (end === '' && empty === '') open.push(name);
  }
  expect(open).toEqual([]);
  return counts;
}

describe.each([
  ['bash', ['bash', '-eo', 'pipefail']],
  ['the shell of small images', ['dash', '-e']],
])('in %s', (_, shell) => {
  test('a clean merge request passes, with both reports', () => {
    const { code, out } = runJob(repository, INPUTS, { shell });
    expect([code, out]).toEqual([0, '1 resource in 1 file checked: 0 findings\n']);
    expect(quality()).toEqual([]);
    expect(elements(repository.read(JUNIT))).toEqual({ testsuites: 1, testsuite: 1, testcase: 1 });
  });

  test('a leak fails, and both reports have it', () => {
    repository.leak();
    expect(runJob(repository, INPUTS, { shell }).code).toBe(1);
    expect(quality()).toEqual([
      {
        description: expect.stringContaining('us-east-1'),
        check_name: 'place-outside',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: 'blocker',
        location: { path: 'stacks/chat app.json', lines: { begin: 1 } },
      },
    ]);
    expect(elements(repository.read(JUNIT))).toEqual({ testsuites: 1, testsuite: 1, testcase: 1, failure: 1 });
  });
});

test('every option of the check has its input', () => {
  repository.leak();
  repository.writeBaseline('base line.json');
  expect(runJob(repository, { ...INPUTS, baseline: 'base line.json' }).out).toContain('1 known finding');
  const row = '{ rule: place-outside, file: "stacks/*", reason: tested, approver: dpo, expires: 2999-01-01 }';
  repository.write({ 'ex.yaml': `exceptions: [${row}]\n`, 'residency.yaml': `boundary: [DE]\nexceptions: [${row}]\n` });
  expect(runJob(repository, { ...INPUTS, exceptions: 'ex.yaml' }).code).toBe(0);
  expect(runJob(repository, { ...INPUTS, config: 'residency.yaml' }).code).toBe(0);
  expect(runJob(repository, { ...INPUTS, exceptions: 'ex.yaml', boundary: 'FR' }).code).toBe(1);
  repository.write({
    'open.json': {
      Resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: { Ref: 'X' } }] } } },
    },
  });
  const open = { paths: 'open.json', region: 'eu-central-1' };
  expect(runJob(repository, open).code).toBe(1);
  expect(runJob(repository, { ...open, unresolved: 'warn' }).code).toBe(0);
});

test('paths are a line each, and globs are expanded by the command', () => {
  repository.write({ 'other/a b.yaml': 'Resources: {}\n' });
  expect(runJob(repository, { ...INPUTS, paths: 'stacks/*.json\n\nother/a b.yaml' }).out).toContain('in 2 files');
});

test('the commands to prepare run first, and their failure is that of the job', () => {
  const synthesizes = { prepare: 'mkdir out && cp stacks/*.json out/', paths: 'out/*.json', region: 'eu-central-1' };
  expect(runJob(repository, synthesizes).code).toBe(0);
  expect(runJob(new Repository(), { ...synthesizes, prepare: 'false' })).toMatchObject({ code: 1, out: '' });
});

test('no name of a branch, title or path is executed', () => {
  const name = 'stacks/$(touch pwned)`touch pwned`;touch pwned.json';
  repository.write({ [name]: { Resources: {} } });
  const { code, out } = runJob(repository, { ...INPUTS, paths: `${INPUTS.paths}${name}` });
  expect([code, repository.has('pwned')]).toEqual([0, false]);
  expect(out).toContain('in 2 files');
});

test('an internal mirror or a tarball is where npm gets the package', () => {
  const bin = mkdtempSync(path.join(tmpdir(), 'bin-'));
  writeFileSync(path.join(bin, 'npx'), '#!/bin/sh\nprintf "%s\\n" "registry=$npm_config_registry" "$@"\n');
  chmodSync(path.join(bin, 'npx'), 0o755);
  const env = { PATH: `${bin}:${process.env.PATH}` };
  const given = { ...INPUTS, package: './my vendor/a.tgz', registry: 'https://npm.example.eu/' };
  expect(runJob(repository, given, { env }).out.split('\n').slice(0, 6)).toEqual([
    ...['registry=https://npm.example.eu/', '--yes', '--package', './my vendor/a.tgz', 'eu-residency', 'check'],
  ]);
});

test('the job has the given name, and its reports are kept and shown if it fails', () => {
  const image = `mirror.example.eu/node@sha256:${'0'.repeat(64)}`;
  const given = { 'job-name': 'residency', stage: 'verify', image };
  expect(jobsWith(given)).toEqual({
    residency: expect.objectContaining({
      ...{ stage: 'verify', image },
      artifacts: {
        ...{ when: 'always', paths: [QUALITY, JUNIT] },
        reports: { codequality: QUALITY, junit: JUNIT },
      },
    }),
  });
});
