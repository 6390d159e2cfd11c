import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { MAX_ROW_CHARACTERS } from './bounds';
import { Refused } from './refused';
import type { TextSink } from './text-sink';

const SEPARATORS = [',', ';', '\t', '|'];

/** What a table that is written as text doesn't have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern must find them
const CONTROLS = /[\x00-\x08\x0e-\x1f]/;

/** What Windows-1252 has in place of the control characters of ISO 8859-1. Node.js 20 decodes the former as the latter. */
const WINDOWS = [...'€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'];
const C1 = /[\x80-\x9f]/g;

/** Characters that show how a file is separated. */
const SAMPLE = 16_384;

/** Characters per piece that the library is given. */
const PIECE = 65_536;

/** The rows of a CSV file, with tabs between cells. */
export async function readCsv(bytes: Buffer, sink: TextSink): Promise<void> {
  const text = decode(bytes, sink);
  if (CONTROLS.test(text)) throw new Refused('not-office');
  const [stated, separator = ''] = /^sep=(.)\r?\n/i.exec(text) ?? [];
  const rows = parse({
    delimiter: stated === undefined ? separatorOf(text.slice(0, SAMPLE)) : separator,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    maxRecordSize: MAX_ROW_CHARACTERS,
  });
  try {
    for await (const cells of Readable.from(pieces(text.slice(stated?.length ?? 0))).pipe(rows)) {
      sink.add(`${(cells as string[]).map((cell) => cell.replace(/\s+/g, ' ').trim()).join('\t')}\n`);
    }
  } catch (error) {
    if ((error as Error).name === 'CsvError' || `${(error as NodeJS.ErrnoException).code}`.startsWith('CSV_')) {
      throw new Refused('damaged');
    }
    throw error;
  }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

/** UTF-8, UTF-16 with its mark, or else the encoding of Windows in Western Europe. */
function decode(bytes: Buffer, sink: TextSink): string {
  const [first, second] = bytes;
  try {
    if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true }).decode(bytes);
    if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused('damaged');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    sink.lose('encoding');
    return bytes.toString('latin1').replace(C1, (sign) => WINDOWS[sign.charCodeAt(0) - 0x80] ?? sign);
  }
}

/** The separator that occurs most often outside of quotes; a comma if none does. */
function separatorOf(sample: string): string {
  const unquoted = sample.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((sign) => unquoted.split(sign).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}
