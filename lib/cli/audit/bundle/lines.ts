import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** A line that is longer is no leaf. */
const LONGEST = 1_000_000;

/**
 * The lines of a text, in batches: a promise for each line would take longer than the line.
 *
 * @throws Error if a line is too long, or if the last one doesn't end
 */
export async function* lineBatches(stream: Readable): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() as string;
    if (rest.length > LONGEST) throw new Error(`a line has more than ${LONGEST} characters`);
    yield lines;
  }
  if (rest + decoder.end() !== '') throw new Error('the last line has no end');
}
