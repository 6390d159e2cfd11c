import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** The Region that the sample is changed to: London, an `eu-` Region outside the EU. */
export const REFUSED_REGION = 'eu-west-2';

export interface Recording {
  /** The changed line of `residency.yaml`, and its number. */
  readonly change: string;
  readonly line: number;
  readonly command: string;
  /** The output of the command. */
  readonly output: readonly string[];
  readonly exitCode: number | null;
}

/**
 * Runs `cdk synth` on the sample with a primary Region outside the EU, in a folder that looks like a clone.
 *
 * @throws if the synth leaves anything that could be deployed
 */
export function recordRefusal(): Recording {
  const folder = mkdtempSync(path.join(tmpdir(), 'refusal-'));
  const sample = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
  const changed = sample.replace(/^( +primary: ).*$/m, `$1${REFUSED_REGION}`);
  const lines = changed.split('\n');
  const line = lines.findIndex((text) => text.trim() === `primary: ${REFUSED_REGION}`);
  writeFileSync(path.join(folder, 'residency.yaml'), changed);
  placeApp(folder);
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/aws-cdk/bin/cdk'), 'synth'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: process.env.TMPDIR,
        NO_COLOR: '1',
        CDK_DISABLE_VERSION_CHECK: '1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_NOTICES: 'false',
      },
    },
  );
  if (error) throw error;
  if (status === 0 || existsSync(path.join(folder, 'cdk.out/manifest.json'))) {
    throw new Error(
      `a primary Region of '${REFUSED_REGION}' must be refused, but the command printed:\n${stdout}${stderr}`,
    );
  }
  return {
    change: lines[line]?.trim() ?? '',
    line: line + 1,
    command: 'npx cdk synth',
    output: `${stdout}${stderr}`.trim().split('\n'),
    exitCode: status,
  };
}

/** Writes the app's command as in a clone, but running the sources instead of a build. */
function placeApp(folder: string): void {
  const { build: _, ...config } = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8'));
  const script = path.join(folder, config.app.split(' ').at(-1));
  const modules = [require.resolve('tsx/cjs'), path.join(ROOT, 'bin/app.ts')];
  mkdirSync(path.dirname(script), { recursive: true });
  writeFileSync(script, modules.map((module) => `require(${JSON.stringify(module)});\n`).join(''));
  writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify(config));
}
