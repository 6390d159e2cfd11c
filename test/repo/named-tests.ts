const COMMENT = /^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm;
const SKIPPED = /\b(?:test|it|describe)\.(?:skip|todo)\b/;
/** What comes before the name of a test, of a group of tests, or of a row of a table: its call, the end of its table, or a bracket. */
const BEFORE_NAME = String.raw`(?:(?<![.\w])(?:test|describe)\(|\)\(|\[)\s*`;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text has a test, a group of tests or a row of a table of tests with a name, and skips no test. */
export function hasName(code: string, name: string): boolean {
  const run = code.replace(COMMENT, '');
  const quoted = ["'", '"'].map((quote) => escaped(`${quote}${name.replaceAll(quote, `\\${quote}`)}${quote}`));
  return !SKIPPED.test(run) && new RegExp(`${BEFORE_NAME}(?:${quoted.join('|')})`).test(run);
}
