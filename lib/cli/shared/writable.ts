import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './usage-error';

/** What to say of an output that can't be written. */
export const notWritten = (option: string, what: 'file' | 'report', code: string | undefined): string =>
  `${option}: the ${what} can't be written (${code}); name a ${what === 'file' ? 'file in a folder that exists' : 'folder that you can write to'}`;

/**
 * Refuses a file that couldn't be written, before a command does what it can't do again. Nothing is created, so writing may still fail.
 *
 * @throws UsageError
 */
export function refuseUnwritableFile(option: string, file: string): void {
  refuse(option, 'file', () => {
    if (file === '') throw failed('ENOENT');
    const there = statSync(file, { throwIfNoEntry: false });
    if (there?.isDirectory() || /[\\/]$/.test(file)) throw failed('EISDIR');
    if (there === undefined) usableFolder(path.dirname(file));
    else accessSync(file, constants.W_OK);
  });
}

/**
 * The same for the folder of a report, which is made if it doesn't exist.
 *
 * @throws UsageError
 */
export function refuseUnwritableFolder(option: string, folder: string): void {
  refuse(option, 'report', () => {
    if (folder === '') throw failed('ENOENT');
    let above = path.resolve(folder);
    while (!existsSync(above) && above !== path.dirname(above)) above = path.dirname(above);
    usableFolder(above);
  });
}

function usableFolder(folder: string): void {
  if (!statSync(folder).isDirectory()) throw failed('ENOTDIR');
  accessSync(folder, constants.W_OK | constants.X_OK);
}

const failed = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

function refuse(option: string, what: 'file' | 'report', check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new UsageError(notWritten(option, what, (error as NodeJS.ErrnoException).code));
  }
}
