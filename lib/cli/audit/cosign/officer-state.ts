import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { UsageError } from '../../shared/usage-error';

/** The last checkpoint that an officer cosigned. */
export interface OfficerState {
  readonly format: 1;
  readonly origin: string;
  readonly size: number;
  /** In base64. */
  readonly root: string;
  /** In seconds since 1970. */
  readonly time: number;
}

/**
 * Reads the state of an officer; undefined if there is none yet.
 *
 * @throws UsageError if it has another form: it must not be taken for none
 */
export function readOfficerState(file: string): OfficerState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { format, origin, size, root, time } = JSON.parse(text) as OfficerState;
    const isWhole = format === 1 && [origin, root].every((one) => typeof one === 'string');
    if (isWhole && [size, time].every(Number.isSafeInteger)) return { format, origin, size, root, time };
  } catch {
    // The same as a file with other contents.
  }
  throw new UsageError(
    '--state: the file has another form; restore it from a backup, because without it a fork goes unnoticed',
  );
}

/**
 * Runs something while no other process can cosign with the same state.
 *
 * @throws UsageError if one does
 */
export async function exclusively<T>(file: string, run: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  try {
    closeSync(openSync(lock, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(
      `--state: another command cosigns with this file; wait for it, or remove its .lock file if none runs`,
    );
  }
  try {
    return await run();
  } finally {
    rmSync(lock);
  }
}

/** Replaces the state. It is on the disk when this returns, so that a signature never precedes it. */
export function writeOfficerState(file: string, state: OfficerState): void {
  const next = `${file}.next`;
  const descriptor = openSync(next, 'w', 0o600);
  writeSync(descriptor, `${JSON.stringify(state)}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(next, file);
}
