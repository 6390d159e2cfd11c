import type { DocumentLanguage } from './languages';

/** Between a name and what follows it. */
export const COLONS: Readonly<Record<DocumentLanguage, string>> = { en: ': ', fr: '\u00a0: ', de: ': ' };

/** Between two parts of a sentence: French has a space that doesn't break before the sign. */
export const SEPARATORS: Readonly<Record<DocumentLanguage, string>> = { en: '; ', fr: '\u00a0; ', de: '; ' };
