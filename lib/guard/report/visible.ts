/** A text with line breaks, terminal sequences and marks that reorder text escaped; none may reach a log. */
export const visible = (text: string): string =>
  // Nearly every text is plain, and Unicode classes take milliseconds to load.
  !/[^ -~]/.test(text)
    ? text
    : text.replace(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
        (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
      );
