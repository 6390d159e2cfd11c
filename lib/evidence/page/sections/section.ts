import { type Content, type Html, html } from '../../../html/html';
import type { EvidenceRow } from '../../core/evidence';
import { type Column, table } from '../html/table';
import type { PageWords } from '../words/en';
import { outcome } from './cells';

/** The parts of the page, in their order. */
export type SectionId = keyof PageWords['sections'];

export const section = (id: SectionId, words: PageWords, content: Content): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${words.sections[id]}</h2>
${content}
</section>
`;

/** What fails or is unproven stands first. */
const ORDER = ['failed', 'unknown', 'attention', 'ok'];

const byStatus = <Row extends EvidenceRow>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));

/** A table of evidence, named by the heading with the same ID. */
export const rowsTable = <Row extends EvidenceRow>(
  id: SectionId,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  words: PageWords,
): Html =>
  table({
    section: id,
    columns: [...columns, ...outcome<Row>(words)],
    rows: byStatus(rows),
    about: (row) => row,
    none: words.none,
  });

/** A section that is one table of evidence. */
export const rowsSection = <Row extends EvidenceRow>(
  id: SectionId,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  words: PageWords,
): Html => section(id, words, rowsTable(id, rows, columns, words));
