/** A word of a text. */
export interface Word {
  /** As the text has it. */
  readonly shown: string;
  /** As it is compared: lower case, without accents, umlauts as two letters. */
  readonly plain: string;
  /** Whether the next word is part of the same phrase: only spaces of the same line are between them, or a genitive's "s". */
  readonly isBeforeWord: boolean;
}

/** A word as it was read. */
export interface ReadWord extends Word {
  /** The first part of a compound, such as "EU-Recht" and "Europa-Universität". */
  readonly isBeforeHyphen: boolean;
}

/** The words of a text as they are written. */
export const readWords = (text: string): ReadWord[] =>
  [...text.normalize('NFC').matchAll(/([\p{L}\p{N}]+)(?=([-‐‑]\p{L})?)(?=((?:['’]s)?[^\S\r\n]+[\p{L}\p{N}])?)/gu)].map(
    readWord,
  );

const readWord = ([, shown = '', hyphen, next]: RegExpMatchArray): ReadWord => ({
  shown,
  plain: plainOf(shown),
  isBeforeHyphen: hyphen !== undefined,
  isBeforeWord: next !== undefined,
});

/** Whether a word, as it is compared, is one of a list: it begins with a part of the list, or is the part if that ends with a full stop. */
export const isIn = (list: readonly string[], plain: string): boolean =>
  list.some((part) => (part.endsWith('.') ? plain === part.slice(0, -1) : plain.startsWith(part)));

/** A word as it is compared. */
export const plainOf = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
