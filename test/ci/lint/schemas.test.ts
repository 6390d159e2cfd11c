import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { ROOT } from '../../package/pack';
import { COMPONENT, jobsWith } from '../support/component';
import { PYTHON_TOOLS } from './tools';
import { written } from './written';

jest.setTimeout(300_000);
beforeAll(() => PYTHON_TOOLS.install());

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(PYTHON_TOOLS.program(program), args, { encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? '' : stdout + stderr;
}

const GITLAB = ['--data-transform', 'gitlab-ci'];
const mistakes = (schema: string, file: string) =>
  run('check-jsonschema', '--builtin-schema', `vendor.${schema}`, ...(schema === 'gitlab-ci' ? GITLAB : []), file);

/** A file with a value as YAML. */
function yamlFile(value: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'schema-')), 'a.yml');
  writeFileSync(file, stringify(value));
  return file;
}

test('the action', () => expect(mistakes('github-actions', path.join(ROOT, 'action.yml'))).toBe(''));

test.each(written('github'))('the workflow for %s', (_, folder) => {
  expect(mistakes('github-workflows', path.join(folder, '.github/workflows/eu-residency.yml'))).toBe('');
});

// The checker reads one document in a file.
test.each([
  ['header', COMPONENT.header],
  ['jobs', jobsWith({})],
])('the %s of the component', (_, document) => expect(mistakes('gitlab-ci', yamlFile(document))).toBe(''));

test.each(written('gitlab'))('the pipeline for %s', (_, folder) => {
  expect(mistakes('gitlab-ci', path.join(folder, '.gitlab-ci.yml'))).toBe('');
});

test('the hooks for pre-commit', () => {
  expect(run('pre-commit', 'validate-manifest', path.join(ROOT, '.pre-commit-hooks.yaml'))).toBe('');
});

test('a copy of the action and of the component is the same', () => {
  const copies = [
    [written('github'), '.github/actions/eu-residency/action.yml', 'action.yml'],
    [written('gitlab'), '.gitlab/eu-residency.yml', 'templates/check.yml'],
  ] as const;
  for (const [[[, folder] = ['', '']], copy, file] of copies) {
    expect(readFileSync(path.join(folder, copy), 'utf8')).toBe(readFileSync(path.join(ROOT, file), 'utf8'));
  }
});

test.each([
  ['github-actions', { name: 'a', description: 'b', runs: { using: 'composite', steps: [{ run: 'true' }] } }],
  ['gitlab-ci', { a: { script: ['true'], artifacts: { reports: { codequality: 1 } } } }],
  ['github-workflows', { on: 'push', jobs: { a: { steps: [] } } }],
])('a mistake would be found by the schema %s', (schema, value) =>
  expect(mistakes(schema, yamlFile(value))).not.toBe(''),
);
