/** A text in which line breaks, terminal sequences and marks that reorder text are written out; none may reach a log. */
export const visible = (text: string): string =>
  // Nearly every text is plain, and the classes of Unicode take milliseconds to load.
  !/[^ -~]/.test(text)
    ? text
    : text.replace(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
        (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
      );
