import type { Failure, Loss, Lost, OfficeKind } from '../../../contract/conversion';
import { type ContentCipher, ContentGone } from '../store/content-cipher';
import { partObject } from './file-keys';

/** The outcome of a conversion. It is in the bucket, encrypted, after the text. */
export type ConversionReport =
  | { readonly kind: OfficeKind; readonly bytes: number; readonly lost: Lost }
  | { readonly failure: Failure };

/** What follows a file's ID in the name of the object that has its text. */
export const TEXT_PART = 'text';

/** The object of a file's text. */
export const textObject = (user: string, file: string): string => partObject(user, file, TEXT_PART);

/** The object of the report of a file's conversion. */
export const reportObject = (user: string, file: string): string => partObject(user, file, 'report');

/** The report of a file's conversion; undefined if it hasn't ended. */
export async function readReport(
  cipher: ContentCipher,
  user: string,
  file: string,
): Promise<ConversionReport | undefined> {
  try {
    const bytes = await cipher.decryptObject(user, reportObject(user, file));
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    if (error instanceof ContentGone) return undefined;
    throw error;
  }
}

/** What the text of a file lacks, in one sentence; undefined if nothing that is known of. */
export function lostText(lost: Lost): string | undefined {
  const parts = Object.entries(lost).map(([loss, times]) => WORDS[loss as Loss](times));
  return parts.length === 0 ? undefined : `Not in the text: ${parts.join(', ')}.`;
}

const counted = (one: string, many: string) => (times: number) => `${times} ${times === 1 ? one : many}`;

const WORDS: Readonly<Record<Loss, (times: number) => string>> = {
  charts: counted('chart', 'charts'),
  comments: counted('comment', 'comments'),
  cut: () => 'the rest of the file, because the text has its largest size',
  deletions: counted('tracked deletion', 'tracked deletions'),
  diagrams: counted('diagram', 'diagrams'),
  'embedded-files': counted('embedded file', 'embedded files'),
  encoding: () => 'characters outside of Windows-1252, as which the file was read because it is not UTF-8',
  'external-references': counted('reference to a file elsewhere', 'references to files elsewhere'),
  formulas: counted('formula (its stored result is)', 'formulas (their stored results are)'),
  headers: counted('header or footer', 'headers and footers'),
  'hidden-sheets': counted('hidden sheet', 'hidden sheets'),
  'hidden-slides': counted('hidden slide', 'hidden slides'),
  'hidden-text': counted('hidden text', 'hidden texts'),
  images: counted('image', 'images'),
  links: counted('address of a link', 'addresses of links'),
  macros: counted('macro project', 'macro projects'),
  media: counted('sound or film', 'sounds and films'),
};

/** Why a file has no text, as the end of a sentence about the file. */
export const FAILURE_TEXT: Readonly<Record<Failure, string>> = {
  crashed: "couldn't be converted, because the conversion failed or needed too much memory",
  damaged: 'is damaged, or not what its content says that it is',
  encrypted: 'is encrypted, so it has no text without its password',
  'forbidden-xml': 'has a document type, entities or nesting that office files do not have',
  'not-office': 'is no docx, pptx, xlsx, odt or csv file',
  'too-large': 'unpacks to more than is converted',
  'too-slow': 'took more time than a conversion may',
};

/** Of a file whose conversion hasn't ended in time. */
export const NOT_CONVERTED = "wasn't converted in time";
