/** Where a word that is longer than a line may be broken: after one of these. */
const BREAKS = /(?<=[/:.,_-])/;

/** The parts of a word that are never broken. */
export const pieces = (word: string): string[] => word.split(BREAKS);

/**
 * A text as lines, broken at spaces. A word longer than `width` is broken after punctuation; a piece that is still longer
 * than `width` gets a line of its own.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of text.split(' ').entries()) {
    for (const [at, piece] of (word.length > width ? pieces(word) : [word]).entries()) {
      const joined = `${line}${index > 0 && at === 0 ? ' ' : ''}${piece}`;
      if (joined.length <= width || line === '') line = joined;
      else {
        lines.push(line);
        line = piece;
      }
    }
  }
  return [...lines, line];
}

/** A text next to what it is about: its first line follows `start`, and all of its lines begin at the same column. */
export function hanging(start: string, text: string, width: number, column = start.length): string[] {
  return wrap(text, Math.max(20, width - column)).map((line, index) =>
    `${(index === 0 ? start : '').padEnd(column)}${line}`.trimEnd(),
  );
}
