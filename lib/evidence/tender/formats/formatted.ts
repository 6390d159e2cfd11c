import { cell } from '../../../guard/report/markdown-cell';
import { wrap } from '../../../guard/report/wrap';
import { columns } from '../../../report/columns';
import { csvLine } from '../../../report/csv';
import type { Sheet } from './sheet';

/** A sheet as CSV, without its head, so that the first line names the columns. */
export const asCsv = ({ columns: headings, rows }: Sheet): string => [headings, ...rows].map(csvLine).join('\n');

/** A sheet as lines for a terminal. */
export function asTable({ title, head, columns: headings, rows, inTable }: Sheet, width?: number): string {
  const picked = inTable.map((name) => headings.indexOf(name));
  const pick = (row: readonly string[]) => picked.map((index) => row[index] ?? '');
  const lines = width === undefined ? head : head.flatMap((line) => wrap(line, width));
  return [title, ...lines, '', ...columns([inTable, ...rows.map(pick)], width)].join('\n');
}

/** A sheet as a page in Markdown. */
export function asMarkdown({ title, head, columns: headings, rows }: Sheet): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [
    `# ${cell(title)}`,
    '',
    ...head.map((text) => `- ${cell(text)}`),
    '',
    line(headings),
    `|${'---|'.repeat(headings.length)}`,
    ...rows.map(line),
  ].join('\n');
}
