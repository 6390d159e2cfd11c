import { lstatSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../local/make-folder';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

/**
 * Writes files that don't exist yet, and prints their paths.
 *
 * @param refuse throws if they can't be written for another reason
 * @throws UsageError if one exists; then nothing is written
 */
export function writeNewFiles(folder: string, files: ReadonlyMap<string, string>, refuse: () => void): void {
  refuseExisting(folder, [...files.keys()]);
  refuse();
  for (const [file, text] of files) {
    const target = path.join(folder, file);
    makeFolder(path.dirname(target));
    writeFileSync(target, text, { flag: 'wx' });
    print(target);
  }
}

/** @throws before anything is written, so that no part of an app is left behind */
function refuseExisting(folder: string, files: readonly string[]): void {
  const targets = files.map((file) => path.join(folder, file));
  const inTheWay = [...new Set(targets.flatMap(above))].find((each) => isThere(each) && !isFolder(each));
  if (inTheWay !== undefined) {
    throw new UsageError(`'${inTheWay}' isn't a folder, and init overwrites nothing; name another folder`);
  }
  const there = targets.filter(isThere).map((file) => `'${file}'`);
  if (there.length > 0) {
    const [verb, listed] = [there.length === 1 ? 'exists' : 'exist', there.join(', ')];
    throw new UsageError(`${listed} ${verb}, and init overwrites nothing; name another folder`);
  }
}

/** The folders that contain a file, from the outermost: `chat`, `chat/.github`, `chat/.github/workflows`. */
function above(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [...above(folder), folder];
}

/** A broken link counts too: a file written to it would be created at its target. */
export const isThere = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

const isFolder = (file: string) => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
