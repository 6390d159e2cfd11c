import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * In place of the programs that the full check runs. `$FAIL` has the words that make a command fail, `$UNABLE` those of commands that this
 * machine can't run, and `$KILL` those of commands that end the shell that runs them.
 */
const PROGRAMS: Readonly<Record<string, string>> = {
  git: 'if [ "$1" = clone ]; then mkdir "$4"; fi; echo 0123456789abcdef',
  node: 'if [ "$1" = -e ]; then echo 3 "${SKIPPED:-0}"; fi',
  npm: `for word in $UNABLE; do case " $* " in *" $word "*) exit 77 ;; esac; done
for word in $KILL; do case " $* " in *" $word "*) kill -9 "$(cut -d ' ' -f 4 /proc/$PPID/stat)" ;; esac; done
for word in $FAIL; do
  case " $* " in *" $word "*) printf '  ● b › fails\n\n  ● a › fails\n  ● b › fails\n'; exit 1 ;; esac
done`,
  npx: 'mkdir -p cdk.out && touch cdk.out/manifest.json',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'full-check-'));
  mkdirSync(path.join(folder, '.ci'));
  mkdirSync(path.join(folder, 'bin'));
  mkdirSync(path.join(folder, 'node_modules'));
  copyFileSync(path.join(__dirname, '../../.ci/run'), path.join(folder, '.ci/run'));
  for (const [name, script] of Object.entries(PROGRAMS))
    writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
});

afterAll(() => rmSync(folder, { recursive: true }));

function fullCheck(env: Readonly<Record<string, string>>) {
  const { stdout, status } = spawnSync('bash', [path.join(folder, '.ci/run')], {
    encoding: 'utf8',
    env: {
      PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`,
      CORPUS: path.join(folder, 'none'),
      UNABLE: '',
      KILL: '',
      ...env,
    },
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

test('the full check ends in its totals', () => {
  const { status, lines } = fullCheck({ FAIL: '' });
  expect(status).toBe(0);
  expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed$/);
  expect(lines.filter((line) => line.startsWith('failed: '))).toEqual([]);
});

/** The outcome of each step: `ok`, `FAILED` or `not run`. */
const outcomes = (lines: readonly string[]) =>
  new Map(
    lines.flatMap((line) =>
      [...line.matchAll(/^== (?!corpus)(.+): (ok|FAILED|not run)\b/g)].map(([, name, how]) => [name, how]),
    ),
  );

test('each step has its own lines, those in the background too', () => {
  const { lines } = fullCheck({ FAIL: '' });
  const own = lines.filter((line) => line.startsWith('== ') && !line.startsWith('== corpus'));
  for (let index = 0; index < own.length; index += 2) {
    expect(own[index + 1]).toMatch(/: ok in \d+ s, processor time \d+ s$/);
    expect(own[index + 1]?.startsWith(`${own[index]}: `)).toBe(true);
  }
  expect([...outcomes(lines).keys()]).toEqual(expect.arrayContaining(IN_BACKGROUND));
  // The tests count as three, and not as a step of their own.
  expect(lines.at(-1)).toBe(`${outcomes(lines).size + 3} passed, 0 failed`);
});

/** Steps of both lanes. */
const IN_BACKGROUND = [
  'calls and permissions in the IAM evaluator',
  'documents and CSV in LibreOffice',
  'two-minute soak with faults and disconnecting clients, during the deploy test',
  'exports in Chromium and an independent reader',
];

test('steps in the background that fail, or that the machine cannot run, count as others do', () => {
  const { status, lines } = fullCheck({ FAIL: 'test:iam test:exports bench', UNABLE: 'test:office test:scim' });
  const found = outcomes(lines);
  expect(IN_BACKGROUND.map((name) => found.get(name))).toEqual(['FAILED', 'not run', 'FAILED', 'FAILED']);
  expect(found.get('SCIM in scim2-tester')).toBe('not run');
  expect(lines.at(-2)).toBe(`failed: ${IN_BACKGROUND[0]}, ${IN_BACKGROUND[2]}, ${IN_BACKGROUND[3]}`);
  expect(lines.at(-1)).toBe(`${found.size - 5 + 3} passed, 3 failed`);
  expect(status).toBe(1);
});

test('steps in the background that are killed fail the check', () => {
  const { status, lines } = fullCheck({ FAIL: '', KILL: 'test:scim' });
  expect(lines.at(-2)).toBe('failed: steps in the background');
  expect(lines.at(-1)).toMatch(/^\d+ passed, 1 failed$/);
  expect(status).toBe(1);
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
