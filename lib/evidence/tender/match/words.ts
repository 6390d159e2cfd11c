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
  return plain.match(/[a-z0-9]+/g) ?? [];
}

/** A phrase by which an answer is recognised. */
export interface Phrase {
  readonly words: readonly string[];
  /** Suffices by itself. */
  readonly isStrong: boolean;
  /** As it is shown. */
  readonly shown: string;
}

/** Reads the phrases of an answer. */
export const phrasesOf = (list: string): Phrase[] =>
  list.split(',').map((entry) => {
    const isStrong = entry.startsWith('!');
    const shown = entry.replace(/^!/, '').trim();
    return { words: shown.split(' '), isStrong, shown: shown.replaceAll('~', '') };
  });

/** Whether a text has the words of a phrase one after the other. */
export const isIn = ({ words }: Phrase, text: readonly string[]): boolean =>
  text.some((_, start) => words.every((word, index) => matches(word, text[start + index] ?? '')));

/** Words this short would begin many others. */
const EXACT_UP_TO = 4;

function matches(word: string, other: string): boolean {
  if (word.startsWith('~')) return other.includes(word.slice(1));
  return word.length <= EXACT_UP_TO ? other === word || other === `${word}s` : other.startsWith(word);
}
