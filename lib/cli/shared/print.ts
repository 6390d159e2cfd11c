import { asUnicode, withoutCommands } from '../../guard/report/commands';

/**
 * Prints a text on standard output. Whatever a template, a file or an answer of AWS contains, a CI system that prints it too
 * executes nothing of it.
 */
export const print = (text: string): void => console.log(withoutCommands(text, asUnicode));

/** The same on standard error. */
export const printError = (text: string): void => console.error(withoutCommands(text, asUnicode));
