import { cell, code } from '../../guard/report/markdown-cell';
import type { Evidence } from '../core/evidence';
import { SECTIONS, type Table, tableOf } from './columns';

/** The report as Markdown: the head, then a table for each section. */
export function evidenceMarkdown(evidence: Evidence): string {
  const sections = SECTIONS.flatMap((section) => {
    const table = tableOf(evidence, section);
    return table === undefined ? [] : [`\n## ${section[0]?.toUpperCase()}${section.slice(1)}\n`, ...tableLines(table)];
  });
  return `${[...headLines(evidence), ...sections].join('\n')}\n`;
}

function headLines({ head }: Evidence): string[] {
  const { organisation, boundary, facts, summary, templates, parts = [] } = head;
  const { name = '', controller = '', dpo = '' } = organisation ?? {};
  return [
    '# Residency evidence',
    '',
    ...tableLines({
      headings: ['item', 'value'],
      rows: [
        ['organisation', name],
        ['controller', controller],
        ['data protection officer', dpo],
        ['date', head.date],
        ['version', head.version],
        ['boundary', `${boundary.name}: ${boundary.regions.join(', ')}`],
        ['facts', `${facts.release}, as of ${facts.asOf}`],
        [
          'rows',
          Object.entries(summary)
            .map(([status, count]) => `${count} ${status}`)
            .join(', '),
        ],
      ].filter(([, value]) => value !== ''),
    }),
    '',
    `- facts: SHA-256 ${code(facts.sha256)}`,
    ...parts.map(
      ({ account, date, sha256, signedBy }) =>
        `- account ${account}, its report of ${date}: SHA-256 of evidence.json ${code(sha256)}${signedBy === undefined ? '' : `, signed with the key ${code(signedBy)}`}`,
    ),
    ...templates.map(({ file, sha256 }) => `- ${cell(file)}: SHA-256 ${code(sha256)}`),
  ];
}

function tableLines({ headings, rows }: Table): string[] {
  if (rows.length === 0) return ['None.'];
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(headings), `|${headings.map(() => '---').join('|')}|`, ...rows.map(line)];
}
