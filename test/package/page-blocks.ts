import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './pack';

/** A part of a page with recipes: the path of the page from the root, and the heading. */
export interface Section {
  readonly page: string;
  readonly heading: string;
}

/** The code blocks of one language in a section, in order. */
export function blocksOf({ page, heading }: Section, language: string): string[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  const [, section] = text.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no '## ${heading}'; the tests of its recipes need it`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, blockLanguage, code = '']) =>
    blockLanguage === language ? [code] : [],
  );
}

/** The section's only block of a language. */
export function blockOf(section: Section, language: string): string {
  const [found, ...more] = blocksOf(section, language);
  if (found === undefined || more.length > 0) {
    throw new Error(`${section.page} must have one '${language}' block below '## ${section.heading}'`);
  }
  return found;
}

/** The commands of a block, as a user types them. */
export const commandsOf = (block: string): string[] =>
  block
    .split('\n')
    .flatMap((line) => line.replace(/\s#.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '');
