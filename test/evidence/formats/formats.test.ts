import type { Evidence } from '@/lib/evidence/core/evidence';
import { SECTIONS, tableOf } from '@/lib/evidence/formats/columns';
import { csvFiles } from '@/lib/evidence/formats/csv';
import { evidenceMarkdown } from '@/lib/evidence/formats/markdown';
import { assessmentResults } from '@/lib/evidence/oscal/assessment-results';
import { componentDefinition } from '@/lib/evidence/oscal/component-definition';
import { visible } from '@/lib/html/visible';
import { csvLine } from '@/lib/report/csv';
import { evidenceOf, resources, stack } from '../support/app';

const FORMULAS = ['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
const HOSTILE = `=1|2,"3"\n<script>[x](https://evil.example) @everyone`;
const EVIDENCE = evidenceOf([stack(resources())]);
/** The sections of a report that read no account, and was given no drill. */
const BUILT = SECTIONS.filter((section) => section !== 'live' && section !== 'drills');

/** The evidence with a text in every field that an app chooses. */
const named = (text: string): Evidence => {
  const own = (row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        ['name', 'stack', 'reason', 'why', 'meaning', 'tenant', 'key'].includes(key) && typeof value === 'string'
          ? text
          : value,
      ]),
    );
  const sections = SECTIONS.map((section) => [section, EVIDENCE[section]?.map(own)]);
  return { ...EVIDENCE, ...Object.fromEntries(sections) };
};

/** The cells of CSV, read as RFC 4180 says. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of csv.matchAll(cell)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test.each([
  ['a;=1+1', `a;'=1+1`],
  ['=A;@SUM(B)', `'=A;'@SUM(B)`],
  ['a; \t-1', `a; \t'-1`],
  ['a;"=1', `"a;""'=1"`],
  ['a;b', 'a;b'],
])('the cell %j has no formula after a semicolon either', (cell, written) => {
  expect(csvLine([cell])).toBe(written);
});

test.each([...FORMULAS, HOSTILE, 'a\u202eb\u001b[2J'])(
  'a cell %j is text in every CSV file, and comes back with its controls visible',
  (text) => {
    const evidence = named(text);
    const files = csvFiles(evidence);
    expect(files.map(({ name }) => name)).toEqual(BUILT.map((section) => `evidence-${section}.csv`));
    for (const [index, section] of BUILT.entries()) {
      const { headings, rows } = tableOf(evidence, section) ?? { headings: [], rows: [] };
      const cells = parsed(`${files[index]?.content}`);
      const back = cells.map((row) => row.map((cell) => cell.replace(/^'/, '')));
      expect(back).toEqual([headings, ...rows].map((row) => row.map(visible)));
      expect(`${files[index]?.content}`.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(cells.flat().filter((cell) => /^[=+\-@\t\r\uff1d]/.test(cell))).toEqual([]);
    }
  },
);

test('Markdown has each row in one line, and nothing of a name becomes a tag, a link or a column', () => {
  const text = evidenceMarkdown(named(HOSTILE));
  expect(text).not.toMatch(/<script|\[x\]|https:\/\/evil|@everyone/);
  const tables = text.split('\n## ').slice(1);
  for (const table of tables) {
    const widths = table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(' | ').length);
    expect(new Set(widths.filter((width) => width > 1)).size).toBeLessThanOrEqual(1);
  }
});

describe('OSCAL', () => {
  const documents = () =>
    [componentDefinition(EVIDENCE), assessmentResults(EVIDENCE)].map((one) => JSON.stringify(one));
  const results = JSON.parse(documents()[1] as string)['assessment-results'];

  test('is the same again, with an observation for each row, and UUIDs of version 5 that are used once', () => {
    expect(documents()).toEqual(documents());
    const uuids = [
      ...documents()
        .join()
        .matchAll(/"uuid":"([^"]+)"/g),
    ].map(([, uuid]) => `${uuid}`);
    expect(
      uuids.filter((uuid) => !/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid)),
    ).toEqual([]);
    expect(new Set(uuids).size).toBe(uuids.length);
    expect(results.results[0].observations).toHaveLength(EVIDENCE.head.summary.ok);
  });

  test('has a finding for each criterion, which leads to the observations, and no control that has none', () => {
    const [{ findings, observations, 'reviewed-controls': reviewed }] = results.results;
    const controls = reviewed['control-selections'][0]['include-controls'].map(
      (one: Record<string, string>) => one['control-id'],
    );
    expect(findings.map((one: { title: string }) => one.title)).toEqual(controls);
    const related = findings.flatMap((one: Record<string, Record<string, string>[]>) =>
      (one['related-observations'] ?? []).map((observation) => observation['observation-uuid']),
    );
    expect(related.sort()).toEqual(observations.map(({ uuid }: { uuid: string }) => uuid).sort());
  });

  test.each([
    ['ok', 'satisfied'],
    ['attention', 'not-satisfied'],
    ['failed', 'not-satisfied'],
    ['unknown', 'not-satisfied'],
  ] as const)('a criterion with a row that is %s is %s', (status, state) => {
    const rows = EVIDENCE.alarms.map((row) => ({ ...row, status }));
    const document = JSON.stringify(assessmentResults({ ...EVIDENCE, alarms: rows }));
    const [{ findings }] = JSON.parse(document)['assessment-results'].results;
    const alarm = findings.find((one: { title: string }) => one.title === 'alarm.notifies');
    expect(alarm.target.status.state).toBe(state);
  });

  test('has no value that OSCAL refuses: empty, or with a line break', () => {
    const text = JSON.stringify([componentDefinition(named(HOSTILE)), assessmentResults(named(HOSTILE))]);
    expect(text).not.toMatch(/"value":"(?:"|\s|[^"]*\\n)/);
  });
});
