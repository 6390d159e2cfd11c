import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The interpreter that tools are installed for. */
const BASE = process.env.OFFLINE_TEST_PYTHON ?? 'python3';

/** What pip prints if no package index can be reached. */
export const UNREACHABLE_INDEX =
  /Temporary failure in name resolution|Failed to establish a new connection|No matching distribution|Connection refused/;

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

/** Tools of a `requirements.txt` with hashes, installed once for each content of it. */
export class PythonTools {
  private readonly folder: string;

  /** @param name a folder below `.local`, which git ignores */
  constructor(
    private readonly requirements: string,
    name: string,
  ) {
    const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
    this.folder = path.join(__dirname, '../../.local', name, `python-${version}`);
  }

  /** The path of an installed program, such as `python`. */
  public program(name: string): string {
    return path.join(this.folder, 'bin', name);
  }

  public install(): void {
    const marker = path.join(this.folder, 'installed');
    if (existsSync(marker)) return;
    rmSync(this.folder, { recursive: true, force: true });
    requireVersion(BASE);
    execFileSync(BASE, ['-m', 'venv', this.folder], { stdio: 'pipe' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
    execFileSync(this.program('python'), [...pip, '-r', this.requirements], { stdio: 'pipe' });
    writeFileSync(marker, '');
  }
}
