import { EU, IN_EU, isPlaceAt, lengthOfNameAt } from './eu-names';
import { readWords, type Word } from './read-words';

/** The words of a text. Each name of the EU, and of an area that includes it, is the one word `eu`, or `in-eu` where it is a place. */
export function wordsOf(text: string): Word[] {
  const all = readWords(text);
  const words: Word[] = [];
  for (let at = 0; at < all.length; at += words.at(-1)?.shown.split(' ').length ?? 1) {
    const length = lengthOfNameAt(at, all);
    const name = all.slice(at, at + length).map(({ shown }) => shown);
    words.push(
      length === 0 ? (all[at] as Word) : { shown: name.join(' '), plain: isPlaceAt(at, length, all) ? IN_EU : EU },
    );
  }
  return words;
}

/** Articles, prepositions and the like, which name no subject. */
const COMMON = new Set(
  (
    'a an and are as at be by can for from has have in is it its of on or our that the their this to we with you your must shall should will ' +
    'als am an auf bei das dem den der des die ein eine einem einen einer er es im in ist mit nach oder sich sie sind und vom von werden wird wurden zu zum zur muss muessen soll sollen kann koennen darf duerfen ' +
    'a au aux avec ce ces d dans de des du elle en est et il la le les l ou par pour qu que qui s se sa ses son sont sur un une y etre doit doivent peut peuvent leur leurs'
  ).split(' '),
);

/** The words of a text that aren't common. */
export const namingOf = (text: string): readonly Word[] => wordsOf(text).filter(({ plain }) => !COMMON.has(plain));

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
    const naming = all.filter((word) => !COMMON.has(word));
    return naming.length > 1 ? { words: naming, isExact: false } : { words: all, isExact: true };
  });

/** Between two words of a phrase, a text may have as many others that aren't common. */
const GAP = 2;

/** The part of a text that has the words of a phrase in their order, close to each other; none if it has none. */
export function partOf(phrase: Phrase, text: readonly Word[]): string | undefined {
  const places = text.flatMap(({ plain }, place) => (phrase.isExact || !COMMON.has(plain) ? [place] : []));
  const found = placesIn(
    phrase,
    places.map((place) => (text[place] as Word).plain),
  );
  if (found === undefined) return undefined;
  const [first, last] = found.map((index) => places[index] as number) as [number, number];
  return text
    .slice(first, last + 1)
    .map(({ shown }) => shown)
    .join(' ');
}

function placesIn({ words, isExact }: Phrase, text: readonly string[]): [first: number, last: number] | undefined {
  const gap = isExact ? 0 : GAP;
  for (const start of text.keys()) {
    let at = start - 1;
    const isThere = words.every((word, index) => {
      const end = index === 0 ? start + 1 : at + 2 + gap;
      const found = text.slice(at + 1, end).findIndex((other) => matches(word, other));
      at += found + 1;
      return found >= 0;
    });
    if (isThere) return [start, at];
  }
  return undefined;
}

/** Words this short would begin many others. */
const EXACT_UP_TO = 4;

function matches(word: string, other: string): boolean {
  if (word === EU && other === IN_EU) return true;
  if (word.endsWith('.')) return other === word.slice(0, -1);
  return word.length <= EXACT_UP_TO ? other === word || other === `${word}s` : other.startsWith(word);
}
