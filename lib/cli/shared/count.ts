import { UsageError } from './usage-error';

/**
 * The value of an option that counts.
 *
 * @throws UsageError if it isn't a whole number
 */
export function count(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${option}: found '${text}'; allowed: a whole number from 0 to 999999999`);
}
