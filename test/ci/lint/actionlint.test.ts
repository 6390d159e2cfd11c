import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { ROOT } from '../../package/pack';
import { ACTION } from '../support/action';
import { actionlint, installActionlint } from './tools';
import { written } from './written';

jest.setTimeout(300_000);
beforeAll(installActionlint);

/** What actionlint finds in a file, or in the workflows of a repository. */
function lint(folder: string, ...files: string[]): string {
  const { stdout, stderr, error } = spawnSync(actionlint, ['-no-color', '-oneline', ...files], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error) throw error;
  return stdout + stderr;
}

/** A workflow with the given text, in a repository of its own. */
function workflow(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'workflow-'));
  mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
  writeFileSync(path.join(folder, '.github/workflows/a.yml'), text);
  return lint(folder, '.github/workflows/a.yml');
}

/** The steps of an action as those of a workflow that has the same inputs, because actionlint reads no composite steps. */
const asWorkflow = (steps: readonly unknown[]) =>
  stringify({
    on: {
      workflow_call: {
        inputs: Object.fromEntries(Object.keys(ACTION.inputs).map((name) => [name, { type: 'string' }])),
      },
      pull_request: null,
    },
    jobs: { check: { 'runs-on': 'ubuntu-latest', steps } },
  });

test.each(written('github'))('the workflow for %s, with the inputs of the action', (_, folder) => {
  expect(lint(folder)).toBe('');
});

test('the workflow of a new app', () => {
  expect(workflow(readFileSync(path.join(ROOT, 'templates/app/.github/workflows/residency.yml'), 'utf8'))).toBe('');
});

test('the steps of the action', () => expect(workflow(asWorkflow(ACTION.runs.steps))).toBe(''));

test.each([
  ['an input that does not exist', { run: 'true', env: { A: '${{ inputs.none }}' } }, 'property "none" is not defined'],
  ['a title in a script', { run: 'echo ${{ github.event.pull_request.title }}' }, 'potentially untrusted'],
  ['a step that does not exist', { if: "steps.none.outputs.a != ''", run: 'true' }, 'property "none" is not defined'],
])('%s would be found', (_, step, message) => expect(workflow(asWorkflow([step]))).toContain(message));
