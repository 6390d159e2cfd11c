import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../package/run';
import { installed } from '../../support/installed';
import { bindings, project } from '../bindings';
import type { Program } from '../language';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** The folder with the locked CDK for Python. */
const cdk = (): string =>
  installed('languages/python', [REQUIREMENTS], (folder) => {
    run(folder, 'python3', '-m', 'venv', folder);
    run(folder, 'bin/python', ...pip('--require-hashes', '--requirement', REQUIREMENTS));
  });

const pip = (...args: string[]) => [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--no-deps',
  ...args,
];

/** Builds the wheel of a module's sources, and returns its path. */
export function wheel(sources: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheel-'));
  run(sources, path.join(cdk(), 'bin/python'), '-m', 'build', '--no-isolation', '--wheel', '--outdir', folder);
  return path.join(folder, readdirSync(folder)[0] ?? '');
}

/** A program in Python, outside the repository, with packed wheels installed. */
export function program(code: string, wheels: readonly string[]): Program {
  const folder = mkdtempSync(path.join(tmpdir(), 'python-'));
  writeFileSync(path.join(folder, 'app.py'), code);
  const python = path.join(cdk(), 'bin/python');
  run(folder, python, ...pip('--no-compile', '--target', 'installed', ...wheels));
  return { folder, words: ['env', 'PYTHONPATH=installed', python, 'app.py'] };
}

/** The source of a program of this folder. */
export const sourceOf = (file: string): string => readFileSync(path.join(__dirname, file), 'utf8');

/** A program in Python that uses only this package. */
export const pythonProgram = (code: string): Program => program(code, [wheel(bindings('python', project()))]);

/** The app in Python. */
export const python = (): Program => pythonProgram(sourceOf('chat_app.py'));
