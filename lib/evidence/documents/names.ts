/** The documents by the names of their files, without language and format. They are apart from the words, so that naming one loads none. */
export const DOCUMENT_NAMES = [
  'gdpr-article-30-record',
  'gdpr-article-28-annex',
  'gdpr-article-35-assessment',
  'gdpr-chapter-5-transfers',
  'gdpr-article-13-notice',
  'gdpr-articles-15-to-20-rights',
  'ai-act-duties',
  'workers-representatives',
] as const;

export type DocumentName = (typeof DOCUMENT_NAMES)[number];
