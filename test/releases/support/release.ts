import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What version 0.1.0 deployed and stored. Its README says what each file is. */
export const RELEASE = path.join(__dirname, '../0.1.0');

/** A file of a release. */
export const read = (file: string, release = RELEASE): string => readFileSync(path.join(release, file), 'utf8');

export const readJson = <T>(file: string): T => JSON.parse(read(file));

export const readLines = <T>(file: string): T[] =>
  read(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** The files in a folder of a release, by their paths within it, in order. */
export const filesIn = (folder: string, release = RELEASE): string[] =>
  readdirSync(path.join(release, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => path.relative(release, path.join(parentPath, name)).replaceAll(path.sep, '/'))
    .sort();
