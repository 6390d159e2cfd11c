import { isUtf8 } from 'node:buffer';
import { CsvError } from './read-csv';

/**
 * The text of a file. Spreadsheets often save CSV in an encoding of Windows, in which umlauts and accents would be read as other letters.
 *
 * @throws CsvError with line and column, if it isn't UTF-8
 */
export function csvText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (isUtf8(bytes)) return text;
  const lines = text.slice(0, text.indexOf('\uFFFD')).split('\n');
  throw new CsvError(
    lines.length,
    (lines.at(-1) as string).length + 1,
    'a letter is not UTF-8, and would be read as another; save the file as CSV UTF-8',
  );
}
