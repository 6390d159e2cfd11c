import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './children';
import { LOCAL } from './folders';

const REQUIREMENTS = path.join(__dirname, '../emulator/requirements.txt');

/** The path of the Python that has the emulator, which is installed once for each content of requirements.txt. */
export async function python(): Promise<string> {
  const version = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = path.join(LOCAL, `python-${version}`);
  const executable = path.join(folder, 'bin/python');
  const marker = path.join(folder, 'installed');
  if (existsSync(marker)) return executable;

  rmSync(folder, { recursive: true, force: true });
  const base = process.env.DEPLOY_TEST_PYTHON ?? 'python3';
  await requireSuccess(
    base,
    ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'],
    'set DEPLOY_TEST_PYTHON to Python 3.11+',
  );
  await requireSuccess(base, ['-m', 'venv', folder], "install Python's module venv");
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', REQUIREMENTS];
  await requireSuccess(executable, pip, 'check that the package index is reachable');
  writeFileSync(marker, '');
  return executable;
}

async function requireSuccess(command: string, args: readonly string[], advice: string): Promise<void> {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`'${command} ${args.join(' ')}' failed; ${advice}\n${output}`);
}
