import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REFUSED_WORDS, type RefusedWord } from './words';

/** A refused word that a file has. */
export interface Hit {
  readonly file: string;
  readonly line: number;
  /** The word or identifier in which it stands. */
  readonly token: string;
  /** The string of one word in which it stands, with its quotes, or the name of the file; empty for neither. */
  readonly literal: string;
  readonly replacement: string;
}

/** Frozen files, data of others, and the table itself. */
const LEFT_OUT =
  /^(test\/releases\/|lib\/facts\/(source|generated)\/|(scripts\/words\/|test\/repo\/words\.test\.ts$)|docs\/api\/|package-lock\.json$|.*\.(snap|svg|wasm|xml)$|.*reviewed\.txt$)/;

/** The files of a checkout that people write. */
export const writtenFiles = (root: string): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && !LEFT_OUT.test(file));

/** Every refused word in the files of a checkout, and in their names. */
export function refusedWords(root: string, all: readonly RefusedWord[] = REFUSED_WORDS): Hit[] {
  // Few lines have one of the words, even as a part of another word.
  const mayHit = new RegExp(all.flatMap(({ forms }) => forms).join('|'), 'i');
  return writtenFiles(root).flatMap((file) => {
    const words = all.filter(({ refusedIn }) => refusedIn.some((start) => file.startsWith(start)));
    if (words.length === 0) return [];
    return [
      ...file.split('/').flatMap((name) => hitsIn(file, 0, name.replace(/\..*$/, ''), words)),
      ...readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .flatMap((text, index) => (mayHit.test(text) ? hitsIn(file, index + 1, text, words) : [])),
    ];
  });
}

/** The refused words of one line; line 0 is the name of a file or of a folder that it is in. */
export function hitsIn(
  file: string,
  line: number,
  text: string,
  words: readonly RefusedWord[] = REFUSED_WORDS.filter(({ refusedIn }) =>
    refusedIn.some((start) => file.startsWith(start)),
  ),
): Hit[] {
  return [...text.matchAll(/[A-Za-z][A-Za-z0-9_]*/g)].flatMap(({ 0: token, index }) => {
    const parts = partsOf(token);
    const literal = line === 0 ? text : literalAt(text, index);
    return words
      .filter(({ forms }) => parts.some((part) => forms.includes(part)))
      .filter(({ exempt = {} }) => !isExempt(exempt, file, token) && !(literal in exempt))
      .filter(({ within }) => within === 'text' || line === 0 || (within === 'names' && isName(token, text)))
      .map(({ replacement }) => ({ file, line, token, literal, replacement }));
  });
}

/** The string of one word in which a place stands, with its quotes; empty if it stands in none. */
const literalAt = (text: string, place: number): string =>
  [...text.matchAll(/'[\w-]+'/g)].find(({ 0: found, index }) => index < place && place < index + found.length)?.[0] ??
  '';

/** An entry is a token, or a token of one file or folder: `path:token`. */
const isExempt = (exempt: Readonly<Record<string, string>>, file: string, token: string): boolean =>
  token in exempt ||
  Object.keys(exempt).some((entry) => entry.endsWith(`:${token}`) && file.startsWith(entry.split(':')[0] ?? ''));

/** `tendJobs` is `tend` and `jobs`. */
const partsOf = (token: string): string[] =>
  token.split(/_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((part) => part.toLowerCase());

/** Whether a token is a name of the code: outside of comments and strings. */
function isName(token: string, text: string): boolean {
  const code = text
    .replace(/^\s*(\/\*\*?|\*|\/\/).*$/, '')
    .replace(/\/\/.*$/, '')
    .replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`?/g, '');
  return new RegExp(`\\b${token}\\b`).test(code);
}
