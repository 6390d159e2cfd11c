/** A text with line breaks, terminal sequences and marks that reorder text escaped; none may reach a log. */
export const visible = (text: string): string =>
  // Nearly every text is plain, and Unicode classes take milliseconds to load.
  !/[^ -~]/.test(text)
    ? text
    : text.replace(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
        (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
      );

/** JSON in which these characters are escaped, so that it reads as the same value. Its own line breaks stay. */
export const visibleJson = (json: string): string =>
  !/[^ -~\n]/.test(json)
    ? json
    : json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
        Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
      );
