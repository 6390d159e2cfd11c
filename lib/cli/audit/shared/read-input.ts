import { readFileSync } from 'node:fs';
import { UsageError } from '../../shared/usage-error';

/**
 * The text of an option's file.
 *
 * @throws UsageError if it can't be read
 */
export function readInput(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${option}: the file can't be read (${(error as NodeJS.ErrnoException).code}); name one that exists and that you may read`,
    );
  }
}
