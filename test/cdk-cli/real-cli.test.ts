import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { BYPASSES } from '../guard/cdk/bypasses';
import { freshFolder } from '../guard/cdk/fresh-folder';
import { manifests } from '../guard/cdk/guarded-app';

// Each case starts the CLI and an app, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '../..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const APP = `${path.join(ROOT, 'node_modules/.bin/tsx')} ${path.join(__dirname, 'bypass-app.ts')}`;

/** All options that can make a synth ignore findings, together. */
const PERMISSIVE = ['--ignore-errors', '--no-validation', '-c', '@aws-cdk/core:failSynthOnValidationErrors=false'];

/** An app is started in its own folder, where tsx wouldn't find the alias of the tests. */
const ALIAS = { TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.json') };

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
      { cwd: outdir, env: { ...process.env, ...ALIAS, CDK_DISABLE_VERSION_CHECK: '1', ...env } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

async function synthApp(env: NodeJS.ProcessEnv, options: readonly string[] = PERMISSIVE) {
  const outdir = freshFolder();
  return { ...(await synth(APP, outdir, env, options)), outdir };
}

test.each(BYPASSES.map(([name]) => name))('cdk synth refuses %s, whatever options it is given', async (BYPASS) => {
  const { code, output, outdir } = await synthApp({ BYPASS });
  expect(output).toContain('The cloud assembly is withheld');
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
])('a finding makes cdk synth exit with 1 and leave nothing to deploy: %s', async (_, options) => {
  const { code, outdir } = await synthApp({ BYPASS: OUTSIDE }, options);
  expect(code).toBe(1);
  expect(manifests(outdir)).toEqual([]);
});

test.each(['throws', 'reports success', 'reports failure without findings'])(
  'a plugin that %s permits nothing',
  async (PLUGIN) => {
    const { code, output, outdir } = await synthApp({ BYPASS: OUTSIDE, PLUGIN });
    expect(output).toContain("'us-east-1' is in N. Virginia");
    expect(code).toBe(1);
    expect(manifests(outdir)).toEqual([]);
  },
);

test("the output of a refused synth isn't an app, even without its report", async () => {
  const { outdir } = await synthApp({ BYPASS: OUTSIDE });
  rmSync(path.join(outdir, 'validation-report.json'), { force: true });
  const { code } = await synth(outdir, outdir, {}, PERMISSIVE);
  expect(code).not.toBe(0);
});

test('an app without egress passes', async () => {
  const { code, outdir } = await synthApp({}, []);
  expect(code).toBe(0);
  expect(manifests(outdir)).toEqual(['manifest.json']);
});
