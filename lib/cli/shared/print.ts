import { asUnicode, withoutCommands } from '../../guard/report/commands';
import { escaped } from '../../html/visible';

/** What a terminal obeys, and marks that reorder text, except for line breaks, tabs and the styles of our own output. */
const OBEYED = /(?!\t|\r?\n|\p{Cc}\[(?:[12]|22|3[139])m)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const printable = (text: string): string =>
  // Nearly every text is plain, and Unicode classes take milliseconds to load.
  withoutCommands(/[^ -~\n]/.test(text) ? text.replace(OBEYED, escaped) : text, asUnicode);

/**
 * Prints a text on standard output. Whatever a template, a file or an answer of AWS contains, a CI system that prints it too
 * executes nothing of it, and a terminal obeys nothing of it but a colour.
 */
export const print = (text: string): void => console.log(printable(text));

/** The same on standard error. */
export const printError = (text: string): void => console.error(printable(text));
