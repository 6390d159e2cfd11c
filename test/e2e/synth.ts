import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');
const SAMPLE = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
const TSX = path.join(ROOT, 'node_modules/.bin/tsx');

/** An app is started in its own folder, where tsx wouldn't find the alias of the tests. */
export const ALIAS = { TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.json') };

export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly outdir: string;
}

/** Runs the real CLI on an app with the options of a user who wants it to pass anyway. */
export function synth(script: string, env: NodeJS.ProcessEnv, ...options: string[]): Promise<Outcome> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'synth-'));
  const args = [
    path.join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
    'synth',
    '--app',
    `${TSX} ${path.join(ROOT, script)}`,
    '-o',
    outdir,
  ];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args, ...options],
      { cwd: outdir, env: { ...process.env, ...ALIAS, CDK_DISABLE_VERSION_CHECK: '1', ...env } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr, outdir }),
    );
  });
}

/** Runs the package's own app on a modified sample. */
export function synthSample(change: (sample: string) => string): Promise<Outcome> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'config-')), 'residency.yaml');
  writeFileSync(file, change(SAMPLE));
  return synth('bin/app.ts', { RESIDENCY_CONFIG: file }, '--ignore-errors');
}

/** What the last line of a synth says where nothing blocks. */
export const SUMMARY =
  /^\d+ resources checked, nothing leaves the EU \(\d+ informational findings: npx eu-residency check/m;
