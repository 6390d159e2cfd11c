/** A text as a regular expression that matches it alone. */
export const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One of several texts, the longest first. */
export const alternatives = (words: Iterable<string>) =>
  [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join('|');

/** What can't stand beside a code without making it another word. A hyphen can: `backup-us-east-1` names Virginia. */
export const BEFORE = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]))';
export const AFTER = '(?![A-Za-z0-9])';
