import { writeFileSync } from 'node:fs';
import { UsageError } from '../../shared/usage-error';

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
    throw new UsageError(
      code === 'EEXIST'
        ? '--out: the file exists; name another one'
        : `--out: the file can't be written (${code}); name a file in a folder that exists`,
    );
  }
}
