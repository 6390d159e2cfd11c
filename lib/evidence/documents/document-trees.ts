import type { Evidence } from '../core/evidence';
import type { DocumentTree } from '../tree/tree';
import type { DocumentLanguage } from '../words/languages';
import { COLONS, SEPARATORS } from '../words/separator';
import { WORDS } from '../words/words';
import { aiActDocument } from './ai-act';
import { annexDocument } from './annex';
import { assessmentDocument } from './assessment';
import type { DocumentContext, InvocationLog, Project } from './context';
import { DOCUMENT_NAMES, type DocumentName } from './names';
import { noticeDocument } from './notice';
import { recordDocument } from './record';
import { recordedDocument } from './recorded';
import { rightsDocument } from './rights';
import { transferDocument } from './transfer';

/** A document before it is rendered, with the name of its file. */
export interface NamedTree {
  /** Without an extension; it ends with the language. */
  readonly name: string;
  readonly tree: DocumentTree;
}

export interface DocumentOptions {
  readonly language: DocumentLanguage;
  /** @default - no lawyer has reviewed the documents, and each says so */
  readonly reviewedBy?: string;
  /** @default - one record for all projects of a stack */
  readonly projects?: readonly Project[];
  /** @default - not known, and the documents say so */
  readonly invocationLog?: InvocationLog;
  /** @default - not known, and what members' keys record is listed */
  readonly memberKeys?: boolean;
  /** @default - sub-processors aren't compared */
  readonly previous?: Evidence;
}

interface DocumentKind {
  readonly make: (context: DocumentContext) => DocumentTree;
  /** The tenants without which the document would say nothing. */
  readonly needs?: 'workspace' | 'tenant';
}

const KINDS: Readonly<Record<DocumentName, DocumentKind>> = {
  'gdpr-article-30-record': { make: recordDocument },
  'gdpr-article-28-annex': { make: annexDocument },
  'gdpr-article-35-assessment': { make: assessmentDocument },
  'gdpr-chapter-5-transfers': { make: transferDocument },
  'gdpr-article-13-notice': { make: noticeDocument, needs: 'workspace' },
  'gdpr-articles-15-to-20-rights': { make: rightsDocument, needs: 'workspace' },
  'ai-act-duties': { make: aiActDocument, needs: 'tenant' },
  'workers-representatives': { make: recordedDocument, needs: 'tenant' },
};

/** The documents of a deployment in one language. */
export function documentTrees(evidence: Evidence, { language, ...options }: DocumentOptions): NamedTree[] {
  const context: DocumentContext = {
    evidence,
    words: WORDS[language],
    separator: SEPARATORS[language],
    colon: COLONS[language],
    language,
    ...options,
  };
  return DOCUMENT_NAMES.filter((name) => isNeeded(evidence, KINDS[name].needs)).map((name) => ({
    name: `${name}.${language}`,
    tree: KINDS[name].make(context),
  }));
}

const isNeeded = ({ tenants }: Evidence, needs: DocumentKind['needs']): boolean =>
  needs === undefined || tenants.some(({ kind }) => needs === 'tenant' || kind === needs);
