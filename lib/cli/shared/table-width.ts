import { LEAST_WIDTH, terminalWidth } from '../../guard/report/terminal-width';
import { UsageError } from './usage-error';

/** The width of a table on standard output: that of `--width`, otherwise that of the terminal; none in a pipe or a file. */
export function tableWidth(option?: string): number | undefined {
  if (option === undefined) return terminalWidth(process.stdout, process.env);
  if (/^\d{1,5}$/.test(option) && Number(option) >= LEAST_WIDTH) return Number(option);
  throw new UsageError(`--width: found '${option}'; allowed: a number of columns from ${LEAST_WIDTH} to 99999`);
}
