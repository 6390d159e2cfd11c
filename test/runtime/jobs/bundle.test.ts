import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFunction } from './support/run-function';

const folder = mkdtempSync(path.join(tmpdir(), 'jobs-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['an unknown function', { UPKEEP_FUNCTION: 'unknown' }],
  ['none', {}],
  ['the name of an inherited property', { UPKEEP_FUNCTION: 'constructor' }],
])('with %s, the function doesn’t start', async (_, environment: Record<string, string>) => {
  await expect(runFunction({ folder, policy: {}, environment }, [{}])).rejects.toThrow(
    "'UPKEEP_FUNCTION' must be one of admin, tend, confirm, witness, eraser, exporter, closer, recovery-witness, recovery-eraser, copy-keys, drill",
  );
});

test.each([
  ['drill', { boundary: 'eu' }, 'recovery', 'workspace'],
  ['drill', { boundary: 'eu', workspace: 'sciences', erase: true }, 'recovery', 'erase'],
  ['admin', { boundary: 'eu', workspace: 'Sciences' }, 'rights', 'identity'],
])('the function %s doesn’t start with an invalid policy', async (name, policy, readers, key) => {
  const environment = { UPKEEP_FUNCTION: name };
  const run = runFunction({ folder, policy, environment }, [{}]);
  await expect(run).rejects.toThrow(`policy.json doesn't have the form that ${readers} reads`);
  await expect(run).rejects.toThrow(key);
});

test('without a folder, the error names the folder and nothing of the policy', async () => {
  const environment = { UPKEEP_FUNCTION: 'drill', LAMBDA_TASK_ROOT: '' };
  const run = runFunction({ folder, policy: {}, environment }, [{}]);
  await expect(run).rejects.toThrow("Error: 'LAMBDA_TASK_ROOT' is not set, so policy.json can't be found");
});
