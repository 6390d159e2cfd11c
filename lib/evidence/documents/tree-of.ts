import type { Block, DocumentTree } from '../tree/tree';
import type { DocumentContext } from './context';

/** A document of the report's date, in the language of its words. */
export const document = (
  { evidence: { head }, language }: DocumentContext,
  title: string,
  blocks: readonly Block[],
): DocumentTree => ({ language, title, date: head.date, generator: `cdk-eu-residency ${head.version}`, blocks });
