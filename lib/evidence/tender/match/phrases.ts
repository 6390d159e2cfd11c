import { EU, IN_EU } from './eu-names';
import type { Sequence, Text } from './text';
import { isCommon } from './words';

/** A phrase by which an answer is recognised. */
export interface Phrase {
  readonly words: readonly string[];
  /** A phrase with one word that names something is compared with its common words too: "rest" alone is another word than "at rest". */
  readonly isExact: boolean;
}

/** Reads the phrases of an answer. A long word is a beginning, or a whole word if it ends with a full stop. */
export const phrasesOf = (list: string): Phrase[] =>
  list.split(', ').map((text) => {
    const all = text.split(' ');
    const naming = all.filter((word) => !isCommon(word));
    return naming.length > 1 ? { words: naming, isExact: false } : { words: all, isExact: true };
  });

/** Between two words of a phrase, a text may have as many others that aren't common. */
const GAP = 2;

/** The part of a text that has the words of a phrase in their order, close to each other; none if it has none. */
export function partOf(phrase: Phrase, text: Text): string | undefined {
  const sequence = phrase.isExact ? text.all : text.naming;
  const found = placesIn(phrase, sequence);
  if (found === undefined) return undefined;
  const [first, last] = found.map((index) => sequence.places[index] as number) as [number, number];
  return text.words
    .slice(first, last + 1)
    .map(({ shown }) => shown)
    .join(' ');
}

function placesIn({ words, isExact }: Phrase, sequence: Sequence): [first: number, last: number] | undefined {
  const [first = '', ...others] = words;
  const furthest = isExact ? 1 : 1 + GAP;
  for (const start of startsOf(first, sequence)) {
    let at = start;
    const isThere = others.every((word) => {
      const found = sequence.plain.slice(at + 1, at + 1 + furthest).findIndex((other) => matches(word, other));
      at += found + 1;
      return found >= 0;
    });
    if (isThere) return [start, at];
  }
  return undefined;
}

function startsOf(word: string, sequence: Sequence): readonly number[] {
  const of = (beginning: string) => sequence.indicesOf(beginning, (plain) => matches(word, plain));
  return word === EU ? [...of(EU), ...of(IN_EU)].sort((a, b) => a - b) : of(word.replace(/\.$/, ''));
}

/** Words this short would begin many others. */
const EXACT_UP_TO = 4;

function matches(word: string, other: string): boolean {
  if (word === EU && other === IN_EU) return true;
  if (word.endsWith('.')) return other === word.slice(0, -1);
  return word.length <= EXACT_UP_TO ? other === word || other === `${word}s` : other.startsWith(word);
}
