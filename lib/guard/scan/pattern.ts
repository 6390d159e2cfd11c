/** A regular expression that matches exactly this text. */
export const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Alternatives of a regular expression, the longest first. */
export const alternatives = (words: Iterable<string>) =>
  [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join('|');

/** Characters that, next to a code, would make it another word. A hyphen isn't one: `backup-us-east-1` names Virginia. */
export const BEFORE = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]))';
export const AFTER = '(?![A-Za-z0-9])';
