import type { Evidence } from '../core/evidence';
import type { Language } from '../words/languages';
import type { EvidenceFile } from './evidence-file';
import { asJson } from './json';

/** Makes the files of one format. The page is in a language; the others have no words but those of the evidence. */
type Render = (evidence: Evidence, language?: Language) => EvidenceFile[];

/** The formats of a report. A renderer is loaded only when it is used. */
export const EVIDENCE_FORMATS = {
  json: (evidence) => {
    return [{ name: 'evidence.json', content: asJson(evidence) }];
  },
  html: (evidence, language) => {
    const { page } = require('../page/page') as typeof import('../page/page');
    return [{ name: 'evidence.html', content: page(evidence, language) }];
  },
  markdown: (evidence) => {
    const { evidenceMarkdown } = require('./markdown') as typeof import('./markdown');
    return [{ name: 'evidence.md', content: evidenceMarkdown(evidence) }];
  },
  csv: (evidence) => {
    const { csvFiles } = require('./csv') as typeof import('./csv');
    return csvFiles(evidence);
  },
  oscal: (evidence) => {
    const { componentDefinition } =
      require('../oscal/component-definition') as typeof import('../oscal/component-definition');
    const { assessmentResults } =
      require('../oscal/assessment-results') as typeof import('../oscal/assessment-results');
    return [
      { name: 'evidence.oscal-components.json', content: asJson(componentDefinition(evidence)) },
      { name: 'evidence.oscal-results.json', content: asJson(assessmentResults(evidence)) },
    ];
  },
} as const satisfies Readonly<Record<string, Render>>;

export type EvidenceFormat = keyof typeof EVIDENCE_FORMATS;
