import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CHECK, event, RETENTION } from './support/settings-handler';

const BUNDLE = path.join(__dirname, '../../../dist/bundles/settings/index.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'provider-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(policy: unknown, events: unknown[], environment: Record<string, string> = {}) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(__dirname, 'support/run-bundle.mjs')], {
    env: {
      BUNDLE,
      EVENTS: JSON.stringify(events),
      LAMBDA_TASK_ROOT: folder,
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'exemple-check',
      ...environment,
    },
  });
  const lines = stdout.trim().split('\n');
  return {
    answers: JSON.parse(lines.pop()?.replace(/^ANSWERS /, '') ?? ''),
    log: lines.map((line) => JSON.parse(line)),
  };
}

test.each([RETENTION, CHECK])('answers CloudFormation, with one log line that holds no URL', async (policy) => {
  const { answers, log } = await run(policy, [event('Delete', { PhysicalResourceId: 'Retention' })]);
  expect(answers).toEqual([
    {
      host: 'cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com',
      Status: 'SUCCESS',
      Data: {},
      PhysicalResourceId: 'Retention',
      StackId: expect.any(String),
      RequestId: 'request-1',
      LogicalResourceId: 'Retention',
    },
  ]);
  expect(log).toEqual([{ event: 'custom-resource', task: policy.task, request: 'Delete', status: 'SUCCESS' }]);
});

test('without credentials, every Region is reported as unreadable', async () => {
  const regions = { ...RETENTION, regions: ['eu-central-1', 'eu-west-1'] };
  const { answers } = await run(regions, [event('Create')]);
  expect(answers[0].Status).toBe('FAILED');
  expect(answers[0].Reason).toContain('GetModelInvocationLoggingConfiguration failed in eu-central-1');
  expect(answers[0].Reason).toContain('in eu-west-1');
});

test.each([
  ['no Region', { AWS_REGION: '' }, "'AWS_REGION' is not set"],
  ['no folder to find the policy in', { LAMBDA_TASK_ROOT: '' }, "'LAMBDA_TASK_ROOT' is not set"],
  ['no name', { AWS_LAMBDA_FUNCTION_NAME: '' }, "'AWS_LAMBDA_FUNCTION_NAME' is not set"],
])('does not start with %s', async (_, environment, message) => {
  await expect(run(CHECK, [], environment)).rejects.toThrow(message);
});
