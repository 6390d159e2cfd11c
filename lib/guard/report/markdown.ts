import type { Finding } from '../finding';
import { exceptionLines } from './exception-lines';
import { cell, code } from './markdown-cell';
import { byFile, counted, fileOf, type Report, shownPath, subjectOf, summaryLine } from './report';

/** A comment on GitHub can have 65,536 characters. What doesn't fit is counted. */
const MOST_ROWS = 100;
const MOST_CHARACTERS = { failed: 8_000, findings: 48_000, exceptions: 8_000 };

/** The report as Markdown, for a comment on a pull request. */
export function markdown(report: Report): string {
  const { files, findings, exceptions, summary, blocks } = report;
  const failed = files
    .filter(({ error }) => error !== undefined)
    .map(({ file, error = '' }) => `**${cell(file)}** was not checked: ${cell(error)}`);
  const isRefused = failed.length > 0 || findings.some(({ level }) => blocks(level)) || summary.block > 0;
  const fittingRows = Math.min(MOST_ROWS, fitting(withHeadings(findings), MOST_CHARACTERS.findings));
  const shown = byFile(findings.slice(0, fittingRows));
  const hidden = findings.length - fittingRows;
  const used = exceptionLines(exceptions).map(item);
  return [
    `## EU residency: ${isRefused ? 'refused' : 'inside'} (boundary \`${report.boundary}\`)`,
    '',
    summaryLine(report),
    ...cut(
      failed,
      MOST_CHARACTERS.failed,
      'further file that was not checked',
      'further files that were not checked',
    ).flatMap((line) => ['', line]),
    ...[...shown].flatMap(([file, group]) => [heading(file), ...group.map(row)]),
    ...(hidden > 0 ? ['', `and ${counted(hidden, 'further finding')}`] : []),
    ...(used.length > 0
      ? ['', ...cut(used, MOST_CHARACTERS.exceptions, 'further exception', 'further exceptions')]
      : []),
  ].join('\n');
}

const heading = (file: string) =>
  `\n### ${cell(file)}\n\n| level | rule | where | found | why | fix |\n|---|---|---|---|---|---|`;

/** The rows of the findings, the first one of each file below its heading. */
function withHeadings(findings: readonly Finding[]): readonly string[] {
  const seen = new Set<string>();
  return findings.map((finding) => {
    const file = fileOf(finding);
    if (seen.has(file)) return row(finding);
    seen.add(file);
    return `${heading(file)}\n${row(finding)}`;
  });
}

function row(finding: Finding): string {
  const { level, rule, value, place, message, fix, source } = finding;
  const where = `${code(`${subjectOf(finding)}${shownPath(finding)}`)}${source === undefined ? '' : `, ${code(source)}`}`;
  const country = place?.country === undefined ? '' : ` (${place.country})`;
  const found = value === undefined ? '' : `${code(value)}${country}`;
  return `| ${level} | ${rule} | ${where} | ${found} | ${cell(message)} | ${cell(fix)} |`;
}

/** The number of lines that fit into a length. */
function fitting(lines: readonly string[], length: number): number {
  let used = 0;
  const first = lines.findIndex((line) => {
    used += line.length + 1;
    return used > length;
  });
  return first === -1 ? lines.length : first;
}

/** The lines that fit, and a line with the number of the others. */
function cut(lines: readonly string[], length: number, one: string, several: string): readonly string[] {
  const count = lines.length - fitting(lines, length);
  if (count === 0) return lines;
  return [...lines.slice(0, lines.length - count), `and ${count} ${count === 1 ? one : several}`];
}

const item = (line: string, index: number) => (index === 0 ? `### ${cell(line)}\n` : `- ${cell(line.trim())}`);
