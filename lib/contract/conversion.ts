/** The kinds of files that are converted to text. */
export const OFFICE_KINDS = ['docx', 'pptx', 'xlsx', 'odt', 'csv'] as const;

export type OfficeKind = (typeof OFFICE_KINDS)[number];

/** What a converted text can lack of its file. */
export const LOSSES = [
  'charts',
  'comments',
  'cut',
  'deletions',
  'diagrams',
  'embedded-files',
  'encoding',
  'external-references',
  'formulas',
  'headers',
  'hidden-sheets',
  'hidden-slides',
  'hidden-text',
  'images',
  'links',
  'macros',
  'media',
] as const;

export type Loss = (typeof LOSSES)[number];

/** How often each of them was left out; none if it never was. */
export type Lost = Partial<Record<Loss, number>>;

/** Why a file has no text. */
export const FAILURES = [
  'crashed',
  'damaged',
  'encrypted',
  'forbidden-xml',
  'not-office',
  'too-large',
  'too-slow',
] as const;

export type Failure = (typeof FAILURES)[number];

/** What the parser outputs for a file. */
export type Parsed =
  | { readonly kind: OfficeKind; readonly text: string; readonly lost: Lost }
  | { readonly failure: Failure };

/** The largest file that is stored, in bytes. */
export const MAX_FILE_BYTES = 32 * 2 ** 20;

/** The largest text of a file, in bytes: less than a model accepts of one. What follows is cut. */
export const MAX_TEXT_BYTES = 4_000_000;

/** A request for a conversion that wasn't answered by then won't be, in milliseconds. */
export const CONVERT_WITHIN_MS = 3_600_000;
