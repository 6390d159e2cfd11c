import { ApiError } from '../errors/api-error';
import { type ImageKind, imageSize } from './image-size';

/** The kinds of files that are stored. */
export const FILE_KINDS = ['png', 'jpeg', 'gif', 'webp', 'pdf', 'text'] as const;

export type FileKind = (typeof FILE_KINDS)[number];

export const isImage = (kind: FileKind): kind is ImageKind => kind !== 'pdf' && kind !== 'text';

/** The first bytes of each kind, in hexadecimal. */
const BEGINNINGS: readonly (readonly [FileKind, RegExp])[] = [
  ['png', /^89504e470d0a1a0a/],
  ['jpeg', /^ffd8ff/],
  ['gif', /^474946383[79]61/],
  ['webp', /^52494646.{8}57454250/],
  ['pdf', /^255044462d3/],
];

/**
 * Containers of other files, which are never unpacked: their content and unpacked size stay unknown. In this order: zip with current
 * office files, gzip, bzip2, xz, 7z, RAR, Zstandard, old office files, tar.
 */
const ARCHIVES = /^(504b0[357]0[468]|1f8b|425a68|fd377a585a|377abcaf|52617221|28b52ffd|d0cf11e0)|^.{514}7573746172/;

/** Control characters that don't occur in text. Tabs, line ends and page ends do. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern must find them
const CONTROLS = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

/** The longest side in pixels that Bedrock's models accept. */
const MOST_PIXELS = 8_000;

/** The kind that a media type or a file extension states; undefined if it states none. */
const DECLARED: readonly (readonly [FileKind, RegExp])[] = [
  ['png', /^image\/png$|\.png$/],
  ['jpeg', /^image\/jpe?g$|\.jpe?g$/],
  ['gif', /^image\/gif$|\.gif$/],
  ['webp', /^image\/webp$|\.webp$/],
  ['pdf', /^application\/pdf$|\.pdf$/],
  ['text', /^text\/|^application\/(json|jsonl|x-ndjson|xml|yaml|x-yaml)$|\.(txt|md|csv|json|jsonl|xml|html?|ya?ml)$/],
];

/** The first bytes of a file, in hexadecimal. */
const headOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 512)).toString('hex');

/** Whether a file begins as a zip archive, as current office files do. */
export const isZip = (bytes: Uint8Array): boolean => headOf(bytes).startsWith('504b0304');

/** Whether a file has no bytes, or begins as one of another kind than text. */
export const isNoText = (bytes: Uint8Array): boolean => {
  const head = headOf(bytes);
  return head === '' || ARCHIVES.test(head) || BEGINNINGS.some(([, form]) => form.test(head));
};

/**
 * The kind of a file, from its bytes.
 *
 * @param param the parameter that contained it
 * @throws ApiError if it is empty, broken, or of a kind that no model reads
 */
export function kindOf(bytes: Uint8Array, param: string): FileKind {
  if (bytes.length === 0) throw refused('is empty', 'send a file with content', param);
  const head = headOf(bytes);
  if (ARCHIVES.test(head)) {
    const why = "is an archive or an office file, which this gateway doesn't unpack";
    throw refused(why, 'send its content as PDF, text or an image', param);
  }
  const kind = BEGINNINGS.find(([, form]) => form.test(head))?.[0] ?? 'text';
  if (kind === 'text') requireText(bytes, param);
  else if (kind === 'pdf') requireWholePdf(bytes, param);
  else requireWholeImage(bytes, kind, param);
  return kind;
}

/**
 * Refuses a file whose bytes contradict its stated kind.
 *
 * @throws ApiError if its media type or its extension states another kind
 */
export function requireDeclared(kind: FileKind, type: string, name: string, param: string): void {
  requireReadableType(type, param);
  for (const said of [essence(type), name.toLowerCase().replace(/^.*(?=\.)/s, '')]) {
    const declared = declaredKind(said);
    if (declared !== undefined && declared !== kind) {
      throw refused(`is ${NAMES[kind]} by content but declared as ${NAMES[declared]}`, 'correct one of them', param);
    }
  }
}

/**
 * Refuses a media type that no model reads. A generic type isn't refused, because the bytes decide.
 *
 * @throws ApiError listing the kinds that models read
 */
export function requireReadableType(type: string, param: string): void {
  const said = essence(type);
  if (said === '' || said === 'application/octet-stream' || declaredKind(said) !== undefined) return;
  throw refused('has a declared type that no model reads', `send ${KINDS}`, param);
}

/** A media type without its parameters. */
export const essence = (type: string): string => type.toLowerCase().replace(/;.*$/s, '').trim();

const declaredKind = (said: string): FileKind | undefined => DECLARED.find(([, form]) => form.test(said))?.[0];

const NAMES: Readonly<Record<FileKind, string>> = {
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  gif: 'a GIF image',
  webp: 'a WebP image',
  pdf: 'a PDF',
  text: 'a text',
};

const KINDS = 'PNG, JPEG, GIF, WebP, PDF, or text in UTF-8';

function requireText(bytes: Uint8Array, param: string): void {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refused("isn't a readable image or PDF, or text in UTF-8", `send ${KINDS}`, param);
  }
  if (CONTROLS.test(text)) throw refused("contains control characters that text doesn't have", `send ${KINDS}`, param);
}

function requireWholePdf(bytes: Uint8Array, param: string): void {
  if (Buffer.from(bytes.subarray(-1_024)).includes('%%EOF')) return;
  throw refused('is a PDF whose end is missing', 'send it whole', param);
}

function requireWholeImage(bytes: Uint8Array, kind: ImageKind, param: string): void {
  const size = imageSize(bytes, kind);
  if (size === undefined) throw refused(`begins as ${NAMES[kind]} but is broken or truncated`, 'send it whole', param);
  if (Math.max(...size) > MOST_PIXELS) {
    throw refused(`is an image of more than ${MOST_PIXELS} pixels on a side`, 'send it smaller', param);
  }
}

const refused = (what: string, fix: string, param: string) =>
  new ApiError(400, 'file_refused', `the file ${what}; ${fix}`, { param });
