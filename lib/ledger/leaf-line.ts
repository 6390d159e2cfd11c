import { canonicalJson, isCanonical } from './canonical-json';
import { recordLeaf } from './record-leaf';

/** A leaf as a line of its file. */
export interface LeafLine {
  readonly record: Readonly<Record<string, unknown>>;
  readonly salt: Buffer;
  /** The leaf's hash. */
  readonly hash: Buffer;
}

/** The line of a leaf, without its line break. */
export const leafLine = (record: object, salt: Uint8Array): string =>
  canonicalJson({ record, salt: Buffer.from(salt).toString('base64url') });

const START = '{"record":';
/** What follows the record: a salt of 16 bytes has 22 characters, and the last one has four bits that are 0. */
const END = /^,"salt":"([\w-]{21}[AQgw])"\}$/;
const END_LENGTH = ',"salt":""}'.length + 22;

/**
 * Reads the line of a leaf.
 *
 * @throws Error if it isn't the one canonical line of a leaf, so that no two readers can find different records in it
 */
export function readLeafLine(line: string): LeafLine {
  const recordEnd = line.length - END_LENGTH;
  // From a known place: a search for the end would try each comma of a record.
  const [, base64] = END.exec(line.slice(recordEnd)) ?? [];
  if (!line.startsWith(START) || recordEnd <= START.length || base64 === undefined) throw notALeaf();
  const text = line.slice(START.length, recordEnd);
  const salt = Buffer.from(base64, 'base64url');
  let record: unknown;
  try {
    record = JSON.parse(text);
    if (typeof record !== 'object' || record === null || !isCanonical(text, record)) throw notALeaf();
  } catch {
    throw notALeaf();
  }
  return { record: record as LeafLine['record'], salt, hash: recordLeaf(text, salt) };
}

const notALeaf = (): Error =>
  new Error(
    'the line is no leaf: expected canonical JSON of an object with record and salt; compare the file with the original',
  );
