import type { Evidence } from '../core/evidence';
import type { EvidenceFile } from './evidence-file';

/** Makes the files of one format. */
type Render = (evidence: Evidence) => EvidenceFile[];

/** The formats of a report. A renderer is loaded only when it is used. */
export const EVIDENCE_FORMATS = {
  json: (evidence) => {
    const { evidenceJson } = require('./json') as typeof import('./json');
    return [{ name: 'evidence.json', content: evidenceJson(evidence) }];
  },
  markdown: (evidence) => {
    const { evidenceMarkdown } = require('./markdown') as typeof import('./markdown');
    return [{ name: 'evidence.md', content: evidenceMarkdown(evidence) }];
  },
  csv: (evidence) => {
    const { csvFiles } = require('./csv') as typeof import('./csv');
    return csvFiles(evidence);
  },
} as const satisfies Readonly<Record<string, Render>>;

export type EvidenceFormat = keyof typeof EVIDENCE_FORMATS;
