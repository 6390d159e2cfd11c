import { exceptionLines } from './exception-lines';
import { byFile, counted, type Report, shownPath, subjectOf, summaryLine } from './report';
import { visible } from './visible';

/** A comment on GitHub can have 65,536 characters; the rows that don't fit are counted. */
const MOST_ROWS = 100;

/** The report as Markdown, for a comment on a pull request. */
export function markdown(report: Report): string {
  const { files, findings, exceptions, summary, blocks } = report;
  const failed = files.filter(({ error }) => error !== undefined);
  const isRefused = failed.length > 0 || findings.some(({ level }) => blocks(level)) || summary.block > 0;
  const shown = byFile(findings.slice(0, MOST_ROWS));
  return [
    `## EU residency: ${isRefused ? 'refused' : 'inside'} (boundary \`${report.boundary}\`)`,
    '',
    summaryLine(report),
    ...failed.flatMap(({ file, error = '' }) => ['', `**${cell(file)}** was not checked: ${cell(error)}`]),
    ...[...shown].flatMap(([file, group]) => [
      '',
      `### ${cell(file)}`,
      '',
      '| level | rule | where | found | why | fix |',
      '|---|---|---|---|---|---|',
      ...group.map((finding) => {
        const { level, rule, value, place, message, fix, source } = finding;
        const where = `${code(`${subjectOf(finding)}${shownPath(finding)}`)}${source === undefined ? '' : `, ${code(source)}`}`;
        const country = place?.country === undefined ? '' : ` (${place.country})`;
        const found = value === undefined ? '' : `${code(value)}${country}`;
        return `| ${level} | ${rule} | ${where} | ${found} | ${cell(message)} | ${cell(fix)} |`;
      }),
    ]),
    ...(findings.length > MOST_ROWS ? ['', `and ${counted(findings.length - MOST_ROWS, 'further finding')}`] : []),
    ...(exceptions.length > 0 ? ['', ...exceptionLines(exceptions).map(item)] : []),
  ].join('\n');
}

const item = (line: string, index: number) => (index === 0 ? `### ${cell(line)}\n` : `- ${cell(line.trim())}`);

/** Nothing of a template may become a link, an image, a mention or a new column. */
const cell = (text: string) =>
  visible(text).replace(/[\\`*_[\]<>|~@#!]/g, (character) => `&#${character.charCodeAt(0)};`);

const code = (text: string) => `<code>${cell(text)}</code>`;
