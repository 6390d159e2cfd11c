import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../local/make-folder';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

/** The file that names the others, with their digests. */
const INDEX = 'README.md';
const MARK = /\n<!-- eu-residency policies (\{.*\}) -->\n$/;

/**
 * Writes the files in place of those of an earlier run, and prints their paths. The README's last line has the digest of each file, so
 * that a file of another origin, or one that was changed by hand, is recognized.
 *
 * @throws UsageError before anything is written, if such a file is in the way
 */
export function writeOwnFiles(folder: string, readme: string, files: ReadonlyMap<string, string>): void {
  const all = new Map([[INDEX, readme], ...files]);
  try {
    replace(folder, all);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out: the policies can't be written (${code}); name a folder that you can write to`);
  }
  for (const name of all.keys()) print(path.join(folder, name));
}

function replace(folder: string, all: ReadonlyMap<string, string>): void {
  const digests = Object.fromEntries([...all].map(([name, text]) => [name, digestOf(text)]));
  const earlier = earlierFiles(folder);
  for (const [name, text] of all) refuseForeign(folder, name, text, earlier);
  makeFolder(folder);
  for (const name of earlier.keys()) if (!all.has(name)) rmSync(path.join(folder, name), { force: true });
  // The README last: after a run that broke off, a file is as the README says, or as the same run writes it again.
  for (const [name, text] of [...all].reverse()) {
    const mark = name === INDEX ? `\n<!-- eu-residency policies ${JSON.stringify(digests)} -->\n` : '';
    writeFileSync(path.join(folder, name), text + mark);
  }
}

/** The files of an earlier run that are as it wrote them. */
function earlierFiles(folder: string): Map<string, unknown> {
  const readme = textOf(path.join(folder, INDEX));
  const mark = readme === undefined ? null : MARK.exec(readme);
  if (readme === undefined || mark === null) return new Map();
  const unmarked = readme.slice(0, mark.index);
  const listed = Object.entries(digestsIn(mark[1] as string));
  return new Map(
    listed.filter(([name, digest]) => {
      if (path.basename(name) !== name) return false;
      const text = name === INDEX ? unmarked : textOf(path.join(folder, name));
      return text !== undefined && digestOf(text) === digest;
    }),
  );
}

function refuseForeign(folder: string, name: string, text: string, earlier: ReadonlyMap<string, unknown>): void {
  const file = path.join(folder, name);
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined || earlier.has(name) || textOf(file) === text) return;
  throw new UsageError(
    `'${file}' exists, and it isn't as this command wrote it; name another folder by --out, or move the file away`,
  );
}

function digestsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The text of a regular file; none for a link or a folder, which this command never writes. */
function textOf(file: string): string | undefined {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
