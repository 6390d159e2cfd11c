import { type FileKind, isImage } from './file-kind';

/** The tokens that models count for the largest image that they accept. */
export const TOKENS_AN_IMAGE = 1_600;

/** A generous estimate for a page's text and figures. */
const TOKENS_A_PAGE = 1_000;

/** A token averages four bytes in a language with few letters beyond ASCII, and fewer in others, so this overestimates. */
export const BYTES_A_TOKEN = 3;

/** The bytes of a PDF per token, used if its pages can't be counted because they are compressed. */
export const PDF_BYTES_A_TOKEN = 100;

/** Approximately the tokens that a model counts for a file. */
export function estimatedTokens(kind: FileKind, bytes: Uint8Array): number {
  if (isImage(kind)) return TOKENS_AN_IMAGE;
  if (kind === 'text') return Math.ceil(bytes.length / BYTES_A_TOKEN);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const pages = text.match(/\/Type\s*\/Page(?![a-z])/gi)?.length ?? 0;
  return pages > 0 ? pages * TOKENS_A_PAGE : Math.ceil(bytes.length / PDF_BYTES_A_TOKEN);
}
