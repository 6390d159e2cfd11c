import { de } from './de/de';
import { en, type Words } from './en/en';
import { fr } from './fr/fr';

/** The languages of the documents. */
export const DOCUMENT_LANGUAGES = ['en', 'fr', 'de'] as const;

export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

export const WORDS: Readonly<Record<DocumentLanguage, Words>> = { en, fr, de };
