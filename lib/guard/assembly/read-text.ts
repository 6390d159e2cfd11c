import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** CloudFormation accepts at most 1 MB; a file beyond this limit can't be a template, and parsing it would take minutes. */
const LARGEST = 32 * 1024 * 1024;
const STANDARD_INPUT = 0;

/**
 * The text of a template file.
 *
 * @param file its path, or `-` for standard input
 * @throws if the file can't be read, is empty, is far too large or isn't text
 */
export function readText(file: string): string {
  const bytes = file === '-' ? readStandardInput() : readRegularFile(file);
  if (bytes.length > LARGEST) throw tooLarge(bytes.length);
  if (bytes.includes(0))
    throw new Error("it is a binary file or isn't UTF-8, so it isn't a template; save it as UTF-8");
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') throw new Error('it is empty');
  return text;
}

function readRegularFile(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    if (size > LARGEST) throw tooLarge(size);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Reads in chunks, because reading a whole pipe that isn't filled yet fails with EAGAIN. */
function readStandardInput(): Buffer {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(64 * 1024);
  for (let total = 0; total <= LARGEST; ) {
    try {
      const length = readSync(STANDARD_INPUT, piece);
      if (length === 0) break;
      pieces.push(Buffer.from(piece.subarray(0, length)));
      total += length;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') break;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
  return Buffer.concat(pieces);
}

const tooLarge = (size: number) =>
  new Error(
    `it has ${(size / 1024 / 1024).toFixed(0)} MB, and CloudFormation accepts at most 1 MB, so it isn't a template`,
  );
