import { lstatSync, writeFileSync } from 'node:fs';
import { UsageError } from '../../shared/usage-error';
import { notWritten, refuseUnwritableFile } from '../../shared/writable';

const EXISTS = '--out: the file exists; name another one';

/**
 * Refuses the file of `--out` before the command works, if `writeOutput` would.
 *
 * @throws UsageError
 */
export function refuseOutput(file: string | undefined): void {
  if (file === undefined) return;
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) throw new UsageError(EXISTS);
  refuseUnwritableFile('--out', file);
}

/**
 * Writes the file of `--out`, which doesn't exist yet: evidence isn't replaced by accident.
 *
 * @throws UsageError if it can't be written
 */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(code === 'EEXIST' ? EXISTS : notWritten('--out', 'file', code));
  }
}
