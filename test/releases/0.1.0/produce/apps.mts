// The apps whose templates are stored, each as the file that the CDK CLI runs. `full` and `hook` belong to this folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const FOLDER = path.join(import.meta.dirname, '..');
export const ROOT = path.join(FOLDER, '../../..');

interface App {
  readonly name: string;
  readonly command: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const example = (name: string): App => ({ name, command: `npx tsx examples/${name}/app.ts` });

export const APPS: readonly App[] = [
  { name: 'sample', command: 'node dist/bin/app.js' },
  ...['api-platform', 'germany-only', 'guarded-app', 'sovereign', 'university'].map(example),
  {
    name: 'full',
    command: 'node dist/bin/app.js',
    environment: { RESIDENCY_CONFIG: path.join(FOLDER, 'content/residency.yaml') },
  },
  { name: 'hook', command: `npx tsx ${path.join(FOLDER, 'produce/hook-app.ts')}` },
];

/** The cloud assembly of an app, as `npx cdk synth` writes it with the project's own `cdk.json`. */
export function assemblyOf({ name, command, environment = {} }: App): string {
  const outdir = mkdtempSync(path.join(tmpdir(), `${name}-`));
  const args = ['cdk', 'synth', '--quiet', '--app', command, '--output', outdir];
  execFileSync('npx', args, { cwd: ROOT, env: { ...process.env, ...environment }, stdio: 'inherit' });
  return outdir;
}
