/** The candidate that a text probably means; none when no candidate is close. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const [first] = byDistance(text, candidates);
  if (first === undefined) return undefined;
  const slack = Math.max(1, Math.floor(Math.min(text.length, first.length) / 3));
  return distance(folded(text), folded(first)) <= slack ? first : undefined;
}

/** Candidates, the most similar first; equally similar ones keep their order. */
export function byDistance(text: string, candidates: Iterable<string>): string[] {
  return [...candidates]
    .map((candidate) => ({ candidate, edits: distance(folded(text), folded(candidate)) }))
    .sort((a, b) => a.edits - b.edits)
    .map(({ candidate }) => candidate);
}

/** `; did you mean 'x'?`, or nothing when no candidate is close. */
export function didYouMean(text: unknown, candidates: Iterable<string>): string {
  const match = typeof text === 'string' ? nearest(text, candidates) : undefined;
  return match === undefined ? '' : `; did you mean '${match}'?`;
}

// No key, id or code of the file is longer, and the cost grows with the square.
const LONGEST = 256;
const folded = (text: string) => text.slice(0, LONGEST).toLowerCase();

/** Levenshtein's distance, with two letters in the wrong order as one edit: how many letters to add, drop, change or swap. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = at(row, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swap = isSwap ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, at(row, j) + 1, at(next, j - 1) + 1, swap));
    }
    before = row;
    row = next;
  }
  return at(row, to.length);
}

const at = (row: number[], index: number) => row[index] ?? Number.POSITIVE_INFINITY;
