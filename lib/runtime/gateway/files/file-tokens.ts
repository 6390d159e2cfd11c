import { type FileKind, isImage } from './file-kind';

/** As much as the models count for the largest image that they take. */
export const TOKENS_AN_IMAGE = 1_600;

/** A page's text with its figures, generously. */
const TOKENS_A_PAGE = 1_000;

/** A token of a language with few letters beyond ASCII has four bytes on average, of others fewer: this is on the safe side. */
export const BYTES_A_TOKEN = 3;

/** Bytes of a PDF that are one token, where its pages can't be counted because they are compressed. */
const PDF_BYTES_A_TOKEN = 100;

/** About as many tokens as a model counts for a file. */
export function estimatedTokens(kind: FileKind, bytes: Uint8Array): number {
  if (isImage(kind)) return TOKENS_AN_IMAGE;
  if (kind === 'text') return Math.ceil(bytes.length / BYTES_A_TOKEN);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const pages = text.match(/\/Type\s*\/Page(?![a-z])/gi)?.length ?? 0;
  return pages > 0 ? pages * TOKENS_A_PAGE : Math.ceil(bytes.length / PDF_BYTES_A_TOKEN);
}
