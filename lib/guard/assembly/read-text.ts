import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isPlanStart, PLAN_FILE } from './plan-text';

/** CloudFormation accepts at most 1 MB; a file beyond this limit can't be a template, and parsing it would take minutes. */
const LARGEST = 32 * 1024 * 1024;
/** A plan has each value several times, and no limit of its own. */
const LARGEST_PLAN = 256 * 1024 * 1024;
const STANDARD_INPUT = 0;

const START_LENGTH = 64;

/**
 * The text of a template file.
 *
 * @param file its path, or `-` for standard input
 * @throws if the file can't be read, is empty, is far too large or isn't text
 */
export function readText(file: string): string {
  const bytes = file === '-' ? readStandardInput() : readRegularFile(file);
  requireSize(bytes.length, bytes);
  if (isArchive(bytes)) throw new Error(`it is an archive; ${PLAN_FILE}`);
  if (bytes.includes(0))
    throw new Error("it is a binary file or isn't UTF-8, so it isn't a template; save it as UTF-8");
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') throw new Error('it is empty');
  return text;
}

/** A plan that Terraform saved for itself is a zip archive. */
const isArchive = (bytes: Buffer) => bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';

function readRegularFile(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(START_LENGTH);
    readSync(handle, start, 0, START_LENGTH, 0);
    requireSize(fstatSync(handle).size, start);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Reads in chunks, because reading a whole pipe that isn't filled yet fails with EAGAIN. */
function readStandardInput(): Buffer {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(64 * 1024);
  for (let total = 0; total <= (isPlanStart(pieces[0] ?? piece) ? LARGEST_PLAN : LARGEST); ) {
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

function requireSize(size: number, start: Buffer): void {
  const isPlan = isPlanStart(start);
  if (size <= (isPlan ? LARGEST_PLAN : LARGEST)) return;
  const megabytes = (size / 1024 / 1024).toFixed(0);
  throw new Error(
    isPlan
      ? `the plan has ${megabytes} MB, and the guard reads at most ${LARGEST_PLAN / 1024 / 1024} MB; divide the configuration into several`
      : `it has ${megabytes} MB, and CloudFormation accepts at most 1 MB, so it isn't a template`,
  );
}
