import { readFileSync, statSync } from 'node:fs';

/** The bytes of a file; none of anything else, such as a link to a file that is gone. */
export function bytesOf(file: string): Buffer | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}
