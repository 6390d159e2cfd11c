import { de } from './de/de';
import { en, type Words } from './en/en';
import { fr } from './fr/fr';
import type { DocumentLanguage } from './languages';

export const WORDS: Readonly<Record<DocumentLanguage, Words>> = { en, fr, de };
