import { visible } from '../../html/visible';
import { exceptionLines } from './exception-lines';
import { type Report, subjectOf, summaryLine } from './report';
import { Spots } from './spot';

/** The report as workflow commands of GitHub Actions, which shows them next to the lines of a pull request. */
export function github(report: Report): string {
  const spots = new Spots();
  const lines = report.findings.map((finding) => {
    const { file, line, column } = spots.of(finding);
    const command = finding.level === 'info' ? 'notice' : report.blocks(finding.level) ? 'error' : 'warning';
    const where = Object.entries({ file, line, col: column, title: `eu-residency ${finding.rule}` })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${property(String(value))}`);
    const found = finding.value === undefined ? '' : ` found ${finding.value};`;
    const text = `${subjectOf(finding)}${finding.path ?? ''}:${found} ${finding.message} ${finding.fix}`;
    return `::${command} ${where.join(',')}::${data(text)}`;
  });
  const failed = report.files.flatMap(({ file, error }) =>
    error === undefined ? [] : [`::error file=${property(file)},title=eu-residency::${data(`not checked: ${error}`)}`],
  );
  const exceptions = exceptionLines(report.exceptions).map(
    (line) => `::notice title=eu-residency exceptions::${data(line)}`,
  );
  return [...failed, ...lines, ...exceptions, summaryLine(report)].join('\n');
}

const data = (text: string) => visible(text).replaceAll('%', '%25');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
