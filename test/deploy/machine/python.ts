import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './children';
import { LOCAL } from './folders';

const REQUIREMENTS = path.join(__dirname, '../emulator/requirements.txt');

/** The Python that has the emulator; installed once for each content of requirements.txt. */
export async function python(): Promise<string> {
  const version = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = path.join(LOCAL, `python-${version}`);
  const executable = path.join(folder, 'bin/python');
  const whole = path.join(folder, 'installed');
  if (existsSync(whole)) return executable;

  rmSync(folder, { recursive: true, force: true });
  const own = process.env.DEPLOY_TEST_PYTHON ?? 'python3';
  await must(own, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'], 'set DEPLOY_TEST_PYTHON to Python 3.11+');
  await must(own, ['-m', 'venv', folder], 'install the module venv of Python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', REQUIREMENTS];
  await must(executable, pip, 'check that the package index can be reached');
  writeFileSync(whole, '');
  return executable;
}

async function must(command: string, args: readonly string[], advice: string): Promise<void> {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`'${command} ${args.join(' ')}' failed; ${advice}\n${output}`);
}
