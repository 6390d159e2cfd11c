import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsableError } from './aws/shared/usable-error';
import { makeFolder } from './make-folder';

/** The folder with the store of `serve`. Only one process at a time can use it. */
export interface DataFolder {
  readonly database: string;
  release(): void;
}

/**
 * Creates a data folder, readable only by its owner, and locks it for this process.
 *
 * @throws UsableError if it can't be written, or another process uses it
 */
export function takeDataFolder(folder: string): DataFolder {
  const database = path.join(folder, 'serve.sqlite');
  const owner = path.join(folder, 'serve.pid');
  try {
    makeFolder(folder, 0o700);
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    // The keys in the folder must not be committed by accident.
    writeOnce(path.join(folder, '.gitignore'), '*\n');
    if (!writeOnce(owner, `${process.pid}\n`)) {
      const other = Number(readFileSync(owner, 'utf8'));
      if (isAlive(other)) {
        throw new UsableError(
          `--data: '${folder}' is in use by process ${other}; stop it, or name another folder with --data`,
        );
      }
      writeFileSync(owner, `${process.pid}\n`);
    }
    // A process that is killed during a write leaves its lock, which no other process removes.
    rmSync(`${database}.lock`, { recursive: true, force: true });
    if (!existsSync(database)) writeFileSync(database, '', { mode: 0o600, flag: 'wx' });
    chmodSync(database, 0o600);
  } catch (error) {
    throw error instanceof UsableError ? error : unwritable(folder, error);
  }
  return { database, release: () => rmSync(owner, { force: true }) };
}

function unwritable(folder: string, error: unknown): UsableError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const why =
    { ENOTDIR: 'it is, or is below, a file', EEXIST: 'it is a file', EACCES: 'you may not write to it' }[code] ??
    `the system reports ${code}`;
  return new UsableError(
    `--data: '${folder}' can't be used as a data folder: ${why}; name a folder that you may write to`,
  );
}

/** Whether the file was written; false if it existed. */
function writeOnce(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
