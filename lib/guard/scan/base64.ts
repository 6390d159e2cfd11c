import { gunzipSync } from 'node:zlib';
import { MANY } from '../template/hole';

const BASE64 = /^[A-Za-z0-9+/]{12,}={0,2}$/;
/** What no text that a person wrote has: control characters, and bytes that are no UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/;

/** Far more than any start script has; EC2 takes 16 kB of what is packed. */
const MAX_UNPACKED = 1_000_000;

/** What a text in Base64 says, with or without line breaks; none when it is no Base64. */
export function decoded(text: string): string | undefined {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  return BASE64.test(compact) ? unpacked(Buffer.from(compact, 'base64')) : undefined;
}

/** A start script may be packed; one that grows beyond all measure can't be looked at. */
function unpacked(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED }).toString('utf8');
  } catch {
    return MANY;
  }
}

/** The same where nothing says that it is Base64: only what decodes to clean text is. */
export function decodedText(text: string): string | undefined {
  const plain = decoded(text);
  return plain === undefined || UNPRINTABLE.test(plain) ? undefined : plain;
}
