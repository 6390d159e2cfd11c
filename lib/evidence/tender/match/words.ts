/** The words of a text, as they are compared: lower case, without accents, umlauts as two letters. */
export function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((word) => !COMMON.has(word));
}

/** Articles, prepositions and the like, which name no subject. */
const COMMON = new Set(
  (
    'a an and are as at be by can for from has have in is it its of on or our that the their this to we with you your ' +
    'als am an auf bei das dem den der des die ein eine einem einen einer er es im in ist mit nach oder sich sie sind und vom von werden wird zu zum zur ' +
    'a au aux avec ce ces d dans de des du elle en est et il la le les l ou par pour qu que qui s se sa ses son sont sur un une y'
  ).split(' '),
);

/** A phrase by which an answer is recognised. */
export interface Phrase {
  readonly words: readonly string[];
  /** As it is shown. */
  readonly shown: string;
}

/** Reads the phrases of an answer. */
export const phrasesOf = (list: string): Phrase[] =>
  list.split(', ').map((shown) => ({ words: shown.split(' ').filter((word) => !COMMON.has(word)), shown }));

/** Between two words of a phrase, a text may have as many others. */
const GAP = 2;

/** Whether a text has the words of a phrase in their order, close to each other. */
export const isIn = ({ words }: Phrase, text: readonly string[]): boolean =>
  text.some((_, start) => {
    let at = start - 1;
    return words.every((word, index) => {
      const end = index === 0 ? start + 1 : at + 2 + GAP;
      const found = text.slice(at + 1, end).findIndex((other) => matches(word, other));
      at += found + 1;
      return found >= 0;
    });
  });

/** Words this short would begin many others. */
const EXACT_UP_TO = 4;

function matches(word: string, other: string): boolean {
  return word.length <= EXACT_UP_TO ? other === word || other === `${word}s` : other.startsWith(word);
}
