import { MAX_FILE_BYTES } from '../../../contract/conversion';
import { parseFile } from './parse-file';

/**
 * Reads a file from the standard input and writes its text to the standard output, as JSON. The process has no other permission: it can't
 * read or write a file, start a process or a thread, and it has no credentials.
 */
async function main(): Promise<void> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin) {
    bytes += piece.length;
    if (bytes > MAX_FILE_BYTES) throw new Error('the file is larger than the largest one');
    pieces.push(piece);
  }
  process.stdout.write(JSON.stringify(await parseFile(Buffer.concat(pieces))));
}

main().catch(() => {
  // Its message may quote the file.
  process.exitCode = 1;
});
