import type { Statement } from './statement';
import { CALL_HEADINGS, callCells } from './statement-table';
import { NAMED, summaryOf } from './summary';

/** A statement as Markdown, for a file. */
export function statementMarkdown(statement: Statement): string {
  const { from, to, conclusion, calls, named, findings, findingCount } = statement;
  const parts = [`# Residency statement, ${from} to ${to}`, conclusion, table(['', ''], summaryOf(statement))];
  for (const [name, title] of NAMED) {
    if (calls[name] > 0) {
      parts.push(
        `## ${title}`,
        table(CALL_HEADINGS, named[name].map(callCells)),
        ...more(calls[name], named[name].length),
      );
    }
  }
  if (findingCount > 0) {
    const rows = findings.map(({ kind, file, found, expected }) => [kind, file, found, expected]);
    parts.push('## Findings', table(['kind', 'file', 'found', 'expected'], rows), ...more(findingCount, rows.length));
  }
  return parts.join('\n\n');
}

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.map(escaped).join(' | ')} |`).join('\n');

/** A file or an event could otherwise end its cell, or write markup of its own. */
const escaped = (cell: string): string => cell.replace(/[\\`*_{}[\]<>()#!|~&]/g, '\\$&').replace(/\s+/g, ' ');

const more = (count: number, shown: number): string[] =>
  count > shown ? [`${count - shown} more aren't listed.`] : [];
