import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** In place of the programs that the full check runs. `$FAIL` has the words that make a command fail. */
const PROGRAMS: Readonly<Record<string, string>> = {
  git: 'echo 0123456789abcdef',
  node: 'if [ "$1" = -e ]; then echo 3 "${SKIPPED:-0}"; fi',
  npm: `for word in $FAIL; do
  case " $* " in *" $word "*) printf '  ● b › fails\n\n  ● a › fails\n  ● b › fails\n'; exit 1 ;; esac
done`,
  npx: 'mkdir -p cdk.out && touch cdk.out/manifest.json',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'full-check-'));
  mkdirSync(path.join(folder, '.ci'));
  mkdirSync(path.join(folder, 'bin'));
  copyFileSync(path.join(__dirname, '../../.ci/run'), path.join(folder, '.ci/run'));
  for (const [name, script] of Object.entries(PROGRAMS))
    writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
});

afterAll(() => rmSync(folder, { recursive: true }));

function fullCheck(env: Readonly<Record<string, string>>) {
  const { stdout, status } = spawnSync('bash', [path.join(folder, '.ci/run')], {
    encoding: 'utf8',
    env: { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`, CORPUS: path.join(folder, 'none'), ...env },
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

test('the full check ends in its totals', () => {
  const { status, lines } = fullCheck({ FAIL: '' });
  expect(status).toBe(0);
  expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed$/);
  expect(lines.filter((line) => line.startsWith('failed: '))).toEqual([]);
});

test('it names the failed tests and steps before the totals', () => {
  const { status, lines } = fullCheck({ FAIL: 'test:long test:scim test:attacks' });
  expect(status).toBe(1);
  expect(lines.slice(-4)).toEqual([
    '  ● a › fails',
    '  ● b › fails',
    'failed: slow tests, SCIM in scim2-tester, attacks on serve, the bundles, roles and reports',
    expect.stringMatching(/^\d+ passed, 3 failed$/),
  ]);
});

test('it says that a test was skipped', () => {
  expect(fullCheck({ FAIL: '', SKIPPED: '2' }).lines.slice(-2)).toEqual([
    'failed: skipped tests',
    expect.stringMatching(/^\d+ passed, 2 failed$/),
  ]);
});
