import { DOCUMENT_NAMES } from '../../evidence/documents/names';
import { SECTIONS } from '../../evidence/formats/columns';
import { SIGNATURE_FILE } from '../../evidence/sign/sign-files';
import { DOCUMENT_FORMATS, DOCUMENT_LANGUAGES } from '../../evidence/words/languages';

/** The names of all files that a report can have, its signature too. */
export const KNOWN_FILES: readonly string[] = [
  SIGNATURE_FILE,
  'evidence.json',
  'evidence.html',
  'evidence.md',
  'evidence.oscal-components.json',
  'evidence.oscal-results.json',
  ...SECTIONS.map((section) => `evidence-${section}.csv`),
  ...DOCUMENT_NAMES.flatMap((name) =>
    DOCUMENT_LANGUAGES.flatMap((language) => DOCUMENT_FORMATS.map((format) => `${name}.${language}.${format}`)),
  ),
];
