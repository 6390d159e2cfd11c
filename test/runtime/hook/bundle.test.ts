import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { changeSetEvent, stackEvent } from './support/events';
import { INSIDE, OUTSIDE, YAML_OUTSIDE } from './support/templates';

const BUNDLE = path.join(__dirname, '../../../dist/bundles/hook/index.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'hook-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(events: unknown[], payloads: unknown[] = [], environment: Record<string, string> = {}) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify({ boundary: 'eu', declarations: NO_DECLARATIONS }));
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(__dirname, 'support/run-bundle.mjs')], {
    env: {
      BUNDLE,
      EVENTS: JSON.stringify(events),
      PAYLOADS: JSON.stringify(payloads),
      LAMBDA_TASK_ROOT: folder,
      AWS_REGION: 'eu-central-1',
      ...environment,
    },
  });
  const lines = stdout.trim().split('\n');
  const { answers } = JSON.parse(lines.pop()?.replace(/^ANSWERS /, '') ?? '');
  return { answers, log: lines.map((line) => JSON.parse(line)) };
}

test('answers the events of CloudFormation, with one log line each', async () => {
  const { answers, log } = await run(
    [
      stackEvent('CREATE'),
      stackEvent('UPDATE'),
      changeSetEvent(),
      stackEvent('CREATE', { targetModel: { template: YAML_OUTSIDE } }),
      stackEvent('CREATE', { payload: 'https://example.com/' }),
      stackEvent('DELETE'),
    ],
    [{ template: INSIDE }, { template: OUTSIDE, previousTemplate: INSIDE }, { template: INSIDE, changedResources: [] }],
  );
  expect(answers.map(({ hookStatus, errorCode }: Record<string, string>) => errorCode ?? hookStatus)).toEqual([
    'SUCCESS',
    'NonCompliant',
    'SUCCESS',
    'NonCompliant',
    'InternalFailure',
    'SUCCESS',
  ]);
  expect(log.map(({ outcome }) => outcome)).toEqual(['allowed', 'refused', 'allowed', 'refused', 'failed', 'allowed']);
});

test.each([
  ['no folder to find the policy in', { LAMBDA_TASK_ROOT: '/nonexistent' }, "policy.json' can't be read"],
  ['no Region', { AWS_REGION: '' }, "'AWS_REGION' is not set"],
])('refuses with %s, and still lets stacks be deleted', async (_, environment, message) => {
  const event = stackEvent('CREATE', { targetModel: { template: INSIDE } });
  const { answers } = await run([event, stackEvent('DELETE')], [], environment);
  expect(answers[0]).toMatchObject({ hookStatus: 'FAILED', message: expect.stringContaining(message) });
  expect(answers[1]).toMatchObject({ hookStatus: 'SUCCESS' });
});
