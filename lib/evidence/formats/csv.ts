import { visible } from '../../html/visible';
import { csvLine } from '../../report/csv';
import type { Evidence } from '../core/evidence';
import { SECTIONS, tableOf } from './columns';
import type { EvidenceFile } from './evidence-file';

/** One file for each section. */
export const csvFiles = (evidence: Evidence): EvidenceFile[] =>
  SECTIONS.flatMap((section) => {
    const table = tableOf(evidence, section);
    if (table === undefined) return [];
    const lines = [table.headings, ...table.rows].map((cells) => `${csvLine(cells.map(visible))}\r\n`);
    return [{ name: `evidence-${section}.csv`, content: lines.join('') }];
  });
