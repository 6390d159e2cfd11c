import { columns } from '../../../report/columns';
import type { CallRow } from '../join/rows';
import type { Finding } from '../shared/finding';
import type { Statement } from './statement';
import { NAMED, summaryOf } from './summary';

/** More rows are in the other formats. */
const MOST_ROWS = 20;

/** A statement as tables for people. */
export function statementTable(statement: Statement, width?: number): string {
  const { conclusion, calls, named, findings, findingCount } = statement;
  const sections = [conclusion, '', ...columns(summaryOf(statement), width)];
  for (const [name, title] of NAMED) {
    if (calls[name] > 0) sections.push('', `${title}:`, ...callLines(named[name], calls[name], width));
  }
  if (findingCount > 0) sections.push('', 'Findings:', ...findingLines(findings, findingCount, width));
  return sections.join('\n');
}

/** Findings, and how many more there are. */
export function findingLines(findings: readonly Finding[], count: number, width?: number): string[] {
  const rows = findings.slice(0, MOST_ROWS).map(({ kind, file, found, expected }) => [kind, file, found, expected]);
  return [...columns([['kind', 'file', 'found', 'expected'], ...rows], width), ...more(count)];
}

function callLines(calls: readonly CallRow[], count: number, width?: number): string[] {
  const rows = calls.slice(0, MOST_ROWS).map(callCells);
  return [...columns([[...CALL_HEADINGS], ...rows], width), ...more(count)];
}

/** What names a call. */
export const CALL_HEADINGS = ['time', 'record', 'request ID', 'called in', 'served in', 'caller', 'reason'] as const;

export const callCells = ({ time, record, requestId, region, servedIn, caller, reason }: CallRow): string[] =>
  [time, record, requestId, region, servedIn, caller, reason].map((cell) => cell || '-');

const more = (count: number): string[] =>
  count > MOST_ROWS ? [`... and ${count - MOST_ROWS} more; --format json or markdown has more`] : [];
