import { gunzipSync } from 'node:zlib';
import { TOO_MANY } from '../template/placeholder';

const BASE64 = /^[A-Za-z0-9+/]{12,}={0,2}$/;
/** Base64 within a text; `base64` and MIME wrap it, so it may go on in the next lines. */
const WITHIN = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{12,}={0,2}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/]+={0,2}(?=\s|$))*/g;
/** Absent from any text that a person writes: control characters, and bytes that aren't UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for them.
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/;

/** The start of what decodes to no UTF-8: most names in templates, and the test costs far less than decoding them. */
const NO_TEXT = /^(?:[g-v]|.{4}[g-v].{3}[g-v])/;

/** Far larger than any start script; EC2 accepts at most 16 kB, compressed. */
const MAX_UNPACKED = 1_000_000;

/** A text that is declared to be Base64, with or without line breaks, decoded; none if it isn't Base64. */
export function decoded(text: string): string | undefined {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  return BASE64.test(compact) ? unpacked(Buffer.from(compact, 'base64')) : undefined;
}

/** Every part of a text that is Base64, decoded: only what decodes to clean text counts. */
export function decodedParts(text: string): string[] {
  if (text.length < 12) return [];
  if (BASE64.test(text)) return cleanText(text) ?? [];
  return (text.match(WITHIN) ?? []).flatMap((part) => {
    const lines = part.split(/\s+/);
    // The line after it may be a word, such as the end of a heredoc.
    return cleanText(lines.join('')) ?? cleanText(lines.slice(0, -1).join('')) ?? [];
  });
}

function cleanText(base64: string): [string] | undefined {
  if (base64.length < 12 || NO_TEXT.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  const text = isUtf16(bytes) ? bytes.toString('utf16le') : unpacked(bytes);
  return UNPRINTABLE.test(text) ? undefined : [text];
}

/** PowerShell encodes its commands in UTF-16. */
const isUtf16 = (bytes: Buffer) => bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0 && bytes[5] === 0;

/** A start script may be compressed; one that expands beyond the limit can't be checked. */
function unpacked(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED }).toString('utf8');
  } catch {
    return TOO_MANY;
  }
}
