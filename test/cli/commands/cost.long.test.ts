import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtCommand } from '@/test/support/built-command';
import { folder } from '../support';

const ROOT = path.join(__dirname, '../../..');

/** The command from the sources, with the built app that it starts. */
function run(...args: string[]) {
  const { NO_COLOR, FORCE_COLOR, ...env } = process.env;
  const bin = path.join(ROOT, 'bin/eu-residency.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', bin, 'cost', ...args], { cwd: ROOT, encoding: 'utf8', env });
}

test('the sample is synthesized with one workspace, Region and recovery more, and each is the difference by hand', () => {
  const { status, stdout, stderr } = run('residency.yaml', '--members', '0');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const sums = Object.fromEntries(
    [...stdout.matchAll(/^([A-Z][^:]*): \$([\d.,]+) per month$/gm)].map(([, what, sum]) => [what, sum]),
  );
  // A key, and 7 alarms: 1.00 + 0.70
  expect(sums['A further workspace']).toBe('1.70');
  // Bedrock's endpoint in 2 zones: 2 × 730 × $0.011 = 16.06; the key of its logs 1.00; the private zone of its name 0.50
  expect(sums['Models in a further Region, such as eu-west-1']).toBe('17.56');
  // An endpoint for KMS in 2 zones 16.06; the key of the Region's logs and of the workspace's replica 2.00; an alarm 0.10
  expect(sums['Recovery for all workspaces, such as in eu-west-1']).toBe('18.16');
}, 240_000);

test('a configuration that cannot be synthesized is refused with its mistakes', () => {
  const { status, stderr } = run('none.yaml');
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^none\.yaml: there is no such file/),
  });
}, 60_000);

test.each([
  ['the package is not built', {}, "the package isn't built; run: npm run build"],
  [
    'aws-cdk-lib is missing',
    { 'dist/lib/app/cost/synthesize.js': "require('aws-cdk-lib/core')" },
    "aws-cdk-lib isn't installed here",
  ],
  [
    'the synthesis fails',
    { 'dist/lib/app/cost/synthesize.js': 'process.exit(1)' },
    'not synthesized; run: npx cdk synth',
  ],
])('if %s, the message says what to do', (_, files, message) => {
  const root = folder({
    'package.json': '{}',
    'residency.yaml': readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8'),
    ...files,
  });
  const args = [builtCommand(root), 'cost', 'residency.yaml'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain(`eu-residency: residency.yaml: ${message}`);
  expect(stderr).toContain('eu-residency cost cdk.out');
});
