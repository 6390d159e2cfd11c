import type { Evidence } from '../core/evidence';
import type { EvidenceFile } from './evidence-file';
import { asJson } from './json';

/** Makes the files of one format. */
type Render = (evidence: Evidence) => EvidenceFile[];

/** The formats of a report. A renderer is loaded only when it is used. */
export const EVIDENCE_FORMATS = {
  json: (evidence) => {
    return [{ name: 'evidence.json', content: asJson(evidence) }];
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
