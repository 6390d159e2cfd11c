import type { Language } from '../../words/languages';
import { DE } from './de';
import { EN, type PageWords } from './en';
import { ES } from './es';
import { FR } from './fr';
import { IT } from './it';

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { en: EN, fr: FR, de: DE, es: ES, it: IT };
