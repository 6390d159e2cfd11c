import type { Evidence } from '../core/evidence';
import type { EvidenceFile } from '../formats/evidence-file';
import type { DocumentFormat, DocumentLanguage } from '../words/languages';
import type { DocumentOptions } from './document-trees';
import { documents } from './documents';

/** Which documents a report has. */
export interface DocumentFilesOptions extends Omit<DocumentOptions, 'language'> {
  readonly languages: readonly DocumentLanguage[];
  readonly formats: readonly DocumentFormat[];
}

/** The documents of a report as files. */
export const documentFiles = (
  evidence: Evidence,
  { languages, formats, ...options }: DocumentFilesOptions,
): EvidenceFile[] =>
  languages
    .flatMap((language) => documents(evidence, { language, ...options }))
    .flatMap((document) =>
      formats.map((format) => ({
        name: `${document.name}.${format}`,
        content: format === 'html' ? document.html : Buffer.from(document.odt),
      })),
    );
