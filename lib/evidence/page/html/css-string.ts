/** A text as a string of CSS: every character but letters and digits of ASCII is an escape, so none ends the string or the element. */
export const cssString = (text: string): string =>
  `"${text.replace(/[^a-zA-Z0-9 ]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
