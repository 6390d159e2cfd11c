import { visible } from '../../html/visible';
import type { Finding } from '../finding';
import { exceptionLines } from './exception-lines';
import { byFile, type Report, subjectOf, summaryLine } from './report';

/** The report as JUnit XML: one suite per file, one case per finding; a file without findings is a case that passes. */
export function junit(report: Report): string {
  const findings = byFile(report.findings);
  const others = [...findings.keys()].filter((file) => !report.files.some((row) => row.file === file));
  const suites = [
    ...report.files.map(({ file, error }) => suite(report, file, findings.get(file) ?? [], error)),
    ...others.map((file) => suite(report, file, findings.get(file) ?? [])),
  ];
  const notes = [summaryLine(report), ...exceptionLines(report.exceptions)].map(xml).join('\n');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="eu-residency">',
    ...suites,
    // An XML comment can't contain two hyphens in a row.
    `<!-- ${notes.replaceAll('--', '- -')} -->`,
    '</testsuites>',
  ].join('\n');
}

function suite({ blocks }: Report, file: string, findings: readonly Finding[], error?: string): string {
  const failures = findings.filter(({ level }) => blocks(level)).length;
  const cases =
    error !== undefined
      ? [`    <testcase name="is readable" classname="${xml(file)}"><error message="${xml(error)}"/></testcase>`]
      : findings.length === 0
        ? [`    <testcase name="stays inside" classname="${xml(file)}"/>`]
        : findings.map((finding) => testCase(file, finding, blocks(finding.level)));
  const errors = error === undefined ? 0 : 1;
  return [
    `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}" errors="${errors}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function testCase(file: string, finding: Finding, isFailure: boolean): string {
  const { rule, level, path = '', value, message, fix, source } = finding;
  const lines = [
    ...(source === undefined ? [] : [`defined at ${source}`]),
    ...(value === undefined ? [] : [`found: ${value}`]),
    `fix: ${fix}`,
  ];
  const body = isFailure
    ? `<failure type="${level}" message="${xml(message)}">${lines.map(xml).join('\n')}</failure>`
    : `<system-out>${[`${level}: ${message}`, ...lines].map(xml).join('\n')}</system-out>`;
  return `    <testcase name="${xml(`${rule} ${subjectOf(finding)}${path}`)}" classname="${xml(file)}">${body}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

/** One line: a template's line breaks are escaped too. XML 1.0 has no way to write most other control characters. */
const xml = (text: string) => visible(text).replace(/[<>&"']/g, (character) => ENTITIES[character] as string);
