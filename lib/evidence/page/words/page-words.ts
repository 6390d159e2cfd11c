import { EN, type PageWords } from './en';

/** The page in each language. */
export const PAGE_WORDS = { en: EN } satisfies Readonly<Record<string, PageWords>>;

export type Language = keyof typeof PAGE_WORDS;
