import { gunzipSync } from 'node:zlib';
import { TOO_MANY } from '../template/placeholder';

const BASE64 = /^[A-Za-z0-9+/]{12,}={0,2}$/;
/** Absent from any text that a person writes: control characters, and bytes that aren't UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for them.
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/;

/** Far larger than any start script; EC2 accepts at most 16 kB, compressed. */
const MAX_UNPACKED = 1_000_000;

/** The content of a text in Base64, with or without line breaks; none if it isn't Base64. */
export function decoded(text: string): string | undefined {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  return BASE64.test(compact) ? unpacked(Buffer.from(compact, 'base64')) : undefined;
}

/** A start script may be compressed; one that expands beyond the limit can't be checked. */
function unpacked(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED }).toString('utf8');
  } catch {
    return TOO_MANY;
  }
}

/** The same for a text that isn't declared to be Base64: only one that decodes to clean text counts. */
export function decodedText(text: string): string | undefined {
  const plain = decoded(text);
  return plain === undefined || UNPRINTABLE.test(plain) ? undefined : plain;
}
