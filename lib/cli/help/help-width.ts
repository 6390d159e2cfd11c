import { LEAST_WIDTH, terminalWidth } from '../../guard/report/terminal-width';

/** Longer lines are hard to read. */
const MOST_WIDTH = 100;

/** The width of a help page. */
export const helpWidth = (): number => Math.min(MOST_WIDTH, terminalWidth(process.stdout, process.env) ?? LEAST_WIDTH);
