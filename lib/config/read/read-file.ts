import { readFileSync } from 'node:fs';
import { ConfigError, type Mistake } from './config-error';

const LARGEST = 256 * 1024;

/**
 * The text of a configuration file.
 *
 * @param absent what to do when there is no such file
 * @throws ConfigError if there is no such file, it can't be read, or it isn't UTF-8 text
 */
export function readConfigFile(file: string, absent: string): string {
  const bytes = readBytes(file, absent);
  if (bytes.length > LARGEST) {
    throw failure({ file, text: `found ${bytes.length} bytes; the maximum for a configuration is ${LARGEST}` });
  }
  const line = firstUndecodableLine(bytes);
  if (line !== undefined) {
    throw failure({ file, line, text: "found bytes that aren't UTF-8; save the file as UTF-8" });
  }
  return new TextDecoder().decode(bytes);
}

function readBytes(file: string, absent: string): Buffer {
  // As a variable of a shell that isn't set leaves it.
  if (file === '') throw failure({ file: "''", text: "isn't the name of a file" });
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw failure({ file, text: `there is no such file; ${absent}` });
    throw failure({ file, text: WHY[code ?? ''] ?? `can't be read (${code ?? 'unknown cause'})` });
  }
}

const WHY: Readonly<Record<string, string>> = {
  EISDIR: 'is a directory; name the file in it',
  ENOTDIR: 'uses a file as a directory',
  EACCES: "can't be read: permission denied",
  ERR_INVALID_ARG_VALUE: "isn't the name of a file",
};

/** A line break is one byte that no UTF-8 sequence contains, so each line can be decoded by itself. */
function firstUndecodableLine(bytes: Buffer): number | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop + 1;
  }
  return undefined;
}

const failure = (mistake: Omit<Mistake, 'path'>) => new ConfigError([{ ...mistake, path: '' }]);
