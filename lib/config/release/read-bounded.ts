import { readFileSync, type Stats, statSync } from 'node:fs';
import { refuse } from './refusal';

/** Many times what the tables of this version of the package take. */
const LARGEST = 4 * 1024 * 1024;

/** The text of a file; a refusal if it can't be read, or is larger than any facts release, which could fill the memory. */
export function readBounded(file: string): string {
  const stats = statsOf(file);
  if (!stats.isFile()) return refuse("isn't a file; name the file of a facts release");
  if (stats.size > LARGEST) return refuse(`has ${stats.size} bytes; a facts release has at most ${LARGEST}`);
  return readFileSync(file, 'utf8');
}

function statsOf(file: string): Stats {
  try {
    return statSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(code === 'ENOENT' ? 'there is no such file' : `can't be read (${code ?? 'unknown cause'})`);
  }
}
