import type { Evidence } from '../core/evidence';
import { odt } from '../odt/odt';
import { html } from '../tree/html';
import { type DocumentOptions, documentTrees } from './document-trees';

/** A document in both formats. */
export interface RenderedDocument {
  /** Of its file, without an extension; it ends with the language. */
  readonly name: string;
  readonly html: string;
  readonly odt: Uint8Array;
}

/** The documents of a deployment in one language. The same evidence and options give the same bytes. */
export const documents = (evidence: Evidence, options: DocumentOptions): RenderedDocument[] =>
  documentTrees(evidence, options).map(({ name, tree }) => ({ name, html: html(tree), odt: odt(tree) }));
