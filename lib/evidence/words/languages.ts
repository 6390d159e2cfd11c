/** The languages of the page. They are apart from the words, so that naming a language loads none. */
export const LANGUAGES = ['en', 'fr', 'de', 'es', 'it'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The languages of the documents. */
export const DOCUMENT_LANGUAGES = ['en', 'fr', 'de'] as const;

export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

export const DOCUMENT_FORMATS = ['html', 'odt'] as const;

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];
