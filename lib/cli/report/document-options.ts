import {
  DOCUMENT_FORMATS,
  DOCUMENT_LANGUAGES,
  type DocumentFormat,
  type DocumentLanguage,
} from '../../evidence/words/languages';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** The format that only documents have. */
export const DOCUMENTS_ONLY = 'odt';

/** Options of `report` for documents and their comparison. */
export const DOCUMENT_OPTIONS = {
  documents: { type: 'string' },
  'reviewed-by': { type: 'string' },
  previous: { type: 'string' },
  'fail-on-change': { type: 'boolean', default: false },
} as const;

/** What a command line says of documents. */
export interface DocumentCommand {
  /** None if no documents are written. */
  readonly languages: readonly DocumentLanguage[];
  readonly documentFormats: readonly DocumentFormat[];
  /** The lawyer who reviewed the documents. */
  readonly reviewedBy?: string;
  /** The file of the report to compare with. */
  readonly previous?: string;
  readonly failOnChange: boolean;
}

interface Values {
  readonly documents?: string;
  readonly 'reviewed-by'?: string;
  readonly previous?: string;
  readonly 'fail-on-change': boolean;
}

/** One line, without what a terminal or a page could obey. */
const NAME = /^[^\p{C}\s](?:[^\p{C}]{0,198}[^\p{C}\s])?$/u;

/**
 * Documents are written for their languages, or in English if only their format is given: in the formats that are given, or in both.
 *
 * @param formats those of the report
 * @throws UsageError if an option has an invalid value, or lacks another one
 */
export function readDocumentOptions(values: Values, formats: readonly string[]): DocumentCommand {
  const { documents, previous, 'reviewed-by': reviewedBy, 'fail-on-change': failOnChange } = values;
  const languages =
    documents === undefined ? (formats.includes(DOCUMENTS_ONLY) ? ENGLISH : []) : languagesOf(documents);
  if (reviewedBy !== undefined && languages.length === 0) {
    throw new UsageError('--reviewed-by is about documents; add --documents with their languages');
  }
  if (reviewedBy !== undefined && !NAME.test(reviewedBy)) {
    throw new UsageError('--reviewed-by: allowed: a name of one line, at most 200 characters');
  }
  if (failOnChange && previous === undefined) {
    throw new UsageError('--fail-on-change needs a report to compare with; add --previous FILE');
  }
  return {
    languages,
    documentFormats: formatsOf(formats),
    ...(reviewedBy !== undefined && { reviewedBy }),
    ...(previous !== undefined && { previous }),
    failOnChange,
  };
}

const ENGLISH: readonly DocumentLanguage[] = ['en'];

function formatsOf(formats: readonly string[]): readonly DocumentFormat[] {
  const given = DOCUMENT_FORMATS.filter((format) => formats.includes(format));
  return given.length === 0 ? DOCUMENT_FORMATS : given;
}

const languagesOf = (text: string): DocumentLanguage[] => [
  ...new Set(text.split(',').map((one) => oneOf('--documents', one.trim(), DOCUMENT_LANGUAGES))),
];
