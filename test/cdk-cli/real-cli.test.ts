import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { freshFolder } from '../guard/cdk/fresh-folder';
import { manifests } from '../guard/cdk/guarded-app';
import { SLIPS } from '../guard/cdk/slips';

// Each case starts the CLI and an app, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '../..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const APP = `${path.join(ROOT, 'node_modules/.bin/tsx')} ${path.join(__dirname, 'slip-app.ts')}`;

/** Everything with which a synth can be made to look away, at once. */
const PERMISSIVE = ['--ignore-errors', '--no-validation', '-c', '@aws-cdk/core:failSynthOnValidationErrors=false'];

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs the real `cdk synth`. */
function synth(app: string, outdir: string, env: NodeJS.ProcessEnv, options: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [CDK, 'synth', '--app', app, '-o', outdir, ...options],
      { cwd: outdir, env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1', ...env } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

async function synthApp(env: NodeJS.ProcessEnv, options: readonly string[] = PERMISSIVE) {
  const outdir = freshFolder();
  return { ...(await synth(APP, outdir, env, options)), outdir };
}

test.each(SLIPS.map(([name]) => name))('cdk synth refuses %s, whatever it is told to ignore', async (SLIP) => {
  const { code, output, outdir } = await synthApp({ SLIP });
  expect(output).toContain('the cloud assembly is withheld');
  expect(code).toBe(1);
  expect(manifests(outdir)).toEqual([]);
});

const OUTSIDE = 'a stack elsewhere';

test.each([
  ['no option', []],
  ['--no-validation', ['--no-validation']],
  ['--ignore-errors', ['--ignore-errors']],
  ['--quiet', ['--quiet']],
  ['the flag that lets a synth pass', ['-c', '@aws-cdk/core:failSynthOnValidationErrors=false']],
])('a finding ends cdk synth with 1 and leaves nothing to deploy: %s', async (_, options) => {
  const { code, outdir } = await synthApp({ SLIP: OUTSIDE }, options);
  expect(code).toBe(1);
  expect(manifests(outdir)).toEqual([]);
});

test.each(['throws', 'says success', 'says failure, with nothing found'])(
  'a plugin that %s lets nothing pass',
  async (PLUGIN) => {
    const { code, output, outdir } = await synthApp({ SLIP: OUTSIDE, PLUGIN });
    expect(output).toContain("'us-east-1' is in N. Virginia");
    expect(code).toBe(1);
    expect(manifests(outdir)).toEqual([]);
  },
);

test('what is left of a refused synth is no app, also without its report', async () => {
  const { outdir } = await synthApp({ SLIP: OUTSIDE });
  rmSync(path.join(outdir, 'validation-report.json'), { force: true });
  const { code } = await synth(outdir, outdir, {}, PERMISSIVE);
  expect(code).not.toBe(0);
});

test('an app that leads nowhere passes', async () => {
  const { code, outdir } = await synthApp({}, []);
  expect(code).toBe(0);
  expect(manifests(outdir)).toEqual(['manifest.json']);
});
