import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshFolder } from '@/test/guard/cdk/fresh-folder';

const ROOT = path.join(__dirname, '../../..');
const BAD = 'exceptions: [{ rule: place-outside, stack: Chat, reason: x, approver: y, expires: someday }]\n';
const CONFIG_ERROR = `require('${ROOT}/lib/config/residency-declarations').ResidencyDeclarations.fromFile('bad.yaml')`;
const REFUSAL = `throw new (require('${ROOT}/lib/guard/cdk/residency-refusal').ResidencyRefusal)('plain\\nrest', 'coloured')`;

/** Runs code as the main file of an app would. */
function run(code: string, env: NodeJS.ProcessEnv = {}) {
  const folder = freshFolder();
  writeFileSync(path.join(folder, 'bad.yaml'), BAD);
  const tsx = path.join(ROOT, 'node_modules/tsx/dist/loader.mjs');
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  return spawnSync(process.execPath, ['--import', tsx, '-e', code], {
    cwd: folder,
    env: { ...rest, ...env },
    encoding: 'utf8',
  });
}

test('an uncaught mistake in a file prints its line alone and exits with 1', () => {
  const { status, stderr } = run(CONFIG_ERROR);
  expect(stderr).toMatch(/^bad\.yaml:1:\d+: exceptions\[0\]\.expires: found [^\n]+\n$/);
  expect(status).toBe(1);
});

test('an uncaught refusal prints its findings alone, in colour where colour is forced', () => {
  expect(run(REFUSAL)).toMatchObject({ status: 1, stderr: 'plain\nrest\n' });
  expect(run(REFUSAL, { FORCE_COLOR: '1' })).toMatchObject({ status: 1, stderr: 'coloured\n' });
});

test('a rejection that nothing handles is reported alike', () => {
  expect(run(`(async () => { ${REFUSAL} })()`)).toMatchObject({ status: 1, stderr: 'plain\nrest\n' });
});

test('an app that handles uncaught errors itself goes on doing so', () => {
  const own = "process.on('uncaughtException', (error) => { console.log('own', error.name); });";
  expect(run(`${own} ${REFUSAL}`)).toMatchObject({ status: 0, stdout: 'own ResidencyRefusal\n', stderr: '' });
});

test('any other error is printed by Node, with its source', () => {
  const { status, stderr } = run(`try { ${REFUSAL} } catch {} throw new TypeError('of the app')`);
  expect(stderr).toContain('TypeError: of the app\n    at ');
  expect(status).toBe(1);
});
