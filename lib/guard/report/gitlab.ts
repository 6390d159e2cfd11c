import { nameOf } from '../declarations/apply-declarations';
import { until } from '../declarations/declared-exception';
import type { Finding } from '../finding';
import { type Report, subjectOf } from './report';
import { Fingerprints, Spots } from './spot';

/** The report as GitLab's code quality file, which a merge request shows. Unreadable files and exceptions have entries too. */
export function gitlab(report: Report): string {
  const spots = new Spots();
  const fingerprints = new Fingerprints();
  const entry = (description: string, check_name: string, severity: string, finding: Finding) => {
    const { file, line = 1 } = spots.of(finding);
    const location = { path: file, lines: { begin: line } };
    return { description, check_name, fingerprint: fingerprints.of(finding), severity, location };
  };
  const note = (rule: string, file: string, message: string): Finding => ({
    ...{ rule, file, stack: file, message, value: message, level: 'info', fix: '', documentation: '' },
  });
  return JSON.stringify(
    [
      ...report.files.flatMap(({ file, error }) =>
        error === undefined
          ? []
          : [entry(`not checked: ${error}`, 'template-readable', 'blocker', note('template-readable', file, error))],
      ),
      ...report.findings.map((finding) =>
        entry(
          `${subjectOf(finding)}${finding.path ?? ''}: ${finding.message} ${finding.fix}`,
          finding.rule,
          finding.level === 'info' ? 'info' : report.blocks(finding.level) ? 'blocker' : 'minor',
          finding,
        ),
      ),
      ...report.exceptions.map((row) => {
        const text = `${nameOf(row)} used ${until(row)}, approved by ${row.approver}: ${row.reason}`;
        return entry(
          text,
          'exception-used',
          'info',
          note('exception-used', row.declaredAt?.file ?? row.file ?? '', text),
        );
      }),
    ],
    null,
    2,
  );
}
