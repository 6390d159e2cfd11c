import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');
const VERSION = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);

/** A folder that git ignores. */
const FOLDER = path.join(__dirname, '../../../.local/offline', `python-${VERSION}`);
const PYTHON = path.join(FOLDER, 'bin/python');

/** The interpreter that the tools are installed for. */
const BASE = process.env.OFFLINE_TEST_PYTHON ?? 'python3';

/**
 * Checks that an interpreter can run the locked tools.
 *
 * @throws if it is missing or too old
 */
export function requireVersion(interpreter: string): void {
  const { status } = spawnSync(interpreter, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']);
  if (status === 0) return;
  const { stdout } = spawnSync(interpreter, ['--version'], { encoding: 'utf8' });
  throw new Error(
    `the tools need Python 3.11 or newer, and the interpreter is ${stdout?.trim() || 'not there'}; ` +
      'set OFFLINE_TEST_PYTHON to a newer interpreter',
  );
}

/** Installs botocore and cfn-lint as requirements.txt locks them, unless they are installed. */
export function installPython(): void {
  const marker = path.join(FOLDER, 'installed');
  if (existsSync(marker)) return;
  rmSync(FOLDER, { recursive: true, force: true });
  requireVersion(BASE);
  execFileSync(BASE, ['-m', 'venv', FOLDER], { stdio: 'pipe' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  execFileSync(PYTHON, [...pip, '-r', REQUIREMENTS], { stdio: 'pipe' });
  writeFileSync(marker, '');
}

/** Runs a script of this folder. It reads JSON and writes JSON. */
export function runScript<Answer>(script: string, input: unknown): Answer {
  const output = execFileSync(PYTHON, [path.join(__dirname, script)], {
    input: JSON.stringify(input),
    maxBuffer: 256 * 1024 * 1024,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
