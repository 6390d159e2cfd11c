import { visibleJson } from '../../guard/report/visible';
import type { Evidence } from '../core/evidence';

/** The data itself. */
export const evidenceJson = (evidence: Evidence): string => `${visibleJson(JSON.stringify(evidence, null, 2))}\n`;
