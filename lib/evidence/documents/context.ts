import type { Evidence } from '../core/evidence';
import type { Words } from '../words/en/en';
import type { DocumentLanguage } from '../words/words';

/** What a document is made from. */
export interface DocumentContext {
  readonly evidence: Evidence;
  readonly words: Words;
  readonly language: DocumentLanguage;
  /** The lawyer who reviewed the document; by default none, and the document says so. */
  readonly reviewedBy?: string;
  /** An earlier report, with whose sub-processors those of this one are compared. */
  readonly previous?: Evidence;
}
