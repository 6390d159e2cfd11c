import { DE } from './de';
import { EN, type PageWords } from './en';
import { ES } from './es';
import { FR } from './fr';
import { IT } from './it';

/** The languages of the page. */
export type Language = 'en' | 'fr' | 'de' | 'es' | 'it';

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { en: EN, fr: FR, de: DE, es: ES, it: IT };
