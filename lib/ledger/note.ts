/** A signature of a note (c2sp.org/signed-note). */
export interface NoteSignature {
  /** Of the key: without spaces and `+`. */
  readonly name: string;
  /** The key's ID, and the bytes of the signature. */
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

/** A text and its signatures. Nothing in it is true until one of them was verified. */
export interface SignedNote {
  /** Ends with a line break, which is signed too. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export const KEY_ID_BYTES = 4;

/** Longer than any checkpoint with its cosignatures; a note of any length could fill the memory. */
const MAX_LENGTH = 64 * 1_024;

const LINE = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** The note as a file has it. */
export function noteText({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `\u2014 ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/**
 * Reads a signed note.
 *
 * @throws Error if it isn't one
 */
export function readNote(note: string): SignedNote {
  if (note.length > MAX_LENGTH) throw notANote(`it has ${note.length} characters, allowed: ${MAX_LENGTH}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format refuses them
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note)) throw notANote('it has control characters or is no UTF-8');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw notANote('no empty line separates text and signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string, index: number): NoteSignature {
  const [, name = '', base64 = ''] = LINE.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (name === '' || name.includes('+') || bytes.length <= KEY_ID_BYTES || bytes.toString('base64') !== base64) {
    throw notANote(`its signature ${index + 1} isn't a dash, a name and base64`);
  }
  return { name, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}

const notANote = (why: string): Error =>
  new Error(`the file isn't a signed note: ${why}; compare it with the original, which the ledger wrote`);
