import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './pack';

/** The code blocks of one language below a heading of README, in their order. */
export function blocksOf(heading: string, language: string): string[] {
  const text = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, section] = text.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`README has no '## ${heading}'; the tests of its recipes look there`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, of, code = '']) => (of === language ? [code] : []));
}

/** The one of these blocks in which a text stands. */
export function blockWith(heading: string, language: string, holds: string): string {
  const [found, ...more] = blocksOf(heading, language).filter((code) => code.includes(holds));
  if (found === undefined || more.length > 0) {
    throw new Error(`README must have one '${language}' block with '${holds}' below '## ${heading}'`);
  }
  return found;
}

/** The commands of a block, as somebody would type them. */
export const commandsOf = (block: string): string[] =>
  block
    .split('\n')
    .flatMap((line) => line.replace(/\s#.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '');
