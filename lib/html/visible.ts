/** Characters of a text as escapes that JSON has too: one for each UTF-16 unit. */
export const escaped = (characters: string): string =>
  Array.from(characters.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** A text with line breaks, terminal sequences and marks that reorder text escaped; none may reach a log. */
export const visible = (text: string): string =>
  // Nearly every text is plain, and Unicode classes take milliseconds to load.
  !/[^ -~]/.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);

/** JSON in which these characters are escaped, so that it reads as the same value. Its own line breaks stay. */
export const visibleJson = (json: string): string =>
  !/[^ -~\n]/.test(json) ? json : json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
