import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { NO_END } from '@/lib/guard/declarations/declared-exception';
import type { Finding } from '@/lib/guard/finding';
import { github } from '@/lib/guard/report/github';
import { gitlab } from '@/lib/guard/report/gitlab';
import { json } from '@/lib/guard/report/json';
import { junit } from '@/lib/guard/report/junit';
import { markdown } from '@/lib/guard/report/markdown';
import { PLAIN } from '@/lib/guard/report/paint';
import { pretty } from '@/lib/guard/report/pretty';
import { type Report, toReport } from '@/lib/guard/report/report';
import { sarif } from '@/lib/guard/report/sarif';
import { Spots } from '@/lib/guard/report/spot';
import { folder } from '@/test/cli/support';

const RULE = { message: 'it leaves. Because.', fix: 'Move it.', documentation: 'https://example.eu' };

/** One with everything, one with nothing, one that only informs. */
const FINDINGS: readonly Finding[] = [
  {
    ...RULE,
    rule: 'place-outside',
    level: 'block',
    stack: 'Prod/Chat',
    file: 'cdk.out/Chat.json',
    logicalId: 'Table1A2B3C4D',
    constructPath: 'Prod/Chat/Table',
    source: 'lib/chat.ts:12:34',
    type: 'AWS::DynamoDB::GlobalTable',
    path: '/Properties/Tags/0/Value',
    namedPath: '/Properties/Tags[to]/Value',
    value: 'us-east-1',
    place: { region: 'us-east-1', country: 'US' },
  },
  { ...RULE, rule: 'stack-region', level: 'unresolved', stack: 'Other' },
  {
    ...RULE,
    rule: 'place-outside',
    level: 'info',
    stack: 'chat.json',
    file: 'chat.json',
    logicalId: 'Queue',
    path: '/Properties/Q',
    value: 'us-west-1',
  },
];
const EXCEPTION = { rule: 'stack-region', reason: 'certificates', approver: 'dpo', expires: '2999-01-01' };

const report = toReport(
  {
    files: [
      { file: 'cdk.out/Chat.json', resources: 3 },
      { file: 'chat.json', resources: 1 },
      { file: 'clean.json', resources: 1 },
      { file: 'gone.json', resources: 0, error: 'there is no such file' },
    ],
    findings: [...FINDINGS].reverse(),
    exceptions: [
      { ...EXCEPTION, stack: 'Edge', types: ['AWS::WAFv2::WebACL', 'AWS::S3::Bucket'], findings: 1 },
      { ...EXCEPTION, rule: 'place-outside', file: 'a.json', logicalId: 'A', value: 'us-east-1', findings: 2 },
    ],
    known: 1,
  },
  { version: '1.2.3', boundary: 'eu', deployRegions: ['eu-west-1'], minLevel: 'info', unresolved: 'warn' },
);

test.each<[string, (of: Report) => string]>([
  ['github', github],
  ['gitlab', gitlab],
  ['json', json],
  ['junit', junit],
  ['markdown', markdown],
  ['sarif', sarif],
  ['pretty', ({ findings }) => pretty(findings, PLAIN, { now: new Date('2026-11-24') })],
])('the report as %s', (_, format) => {
  expect(format(report)).toMatchSnapshot();
});

test('in JSON, an exception that residency.yaml implies has no date of its end', () => {
  const implied = { ...EXCEPTION, stack: 'exemple-egress', expires: NO_END, findings: 1 };
  const files = [{ file: 'a.json', resources: 1 }];
  const of = toReport(
    { files, findings: [], exceptions: [implied], known: 0 },
    { version: '1.2.3', boundary: 'eu', deployRegions: [], minLevel: 'info', unresolved: 'warn' },
  );
  expect(JSON.parse(json(of)).exceptions).toEqual([expect.objectContaining({ expires: null })]);
  expect(json(of)).not.toContain('9999');
});

test('only the requested levels are shown, and all are counted', () => {
  const { findings, summary, blocks } = toReport(
    { files: [], findings: FINDINGS, exceptions: [] },
    { version: '1.2.3', boundary: 'eu', deployRegions: [], minLevel: 'unresolved', unresolved: 'block' },
  );
  expect(findings.map(({ level }) => level)).toEqual(['block', 'unresolved']);
  expect(summary).toEqual({ files: 0, resources: 0, block: 1, unresolved: 1, info: 1 });
  expect([blocks('block'), blocks('unresolved'), blocks('info')]).toEqual([true, true, false]);
});

test('a comment is headed by whether anything blocks, was not checked, or is hidden', () => {
  const [blocking, unresolved, info] = FINDINGS as [Finding, Finding, Finding];
  const none = { ...report, files: [], findings: [], summary: { ...report.summary, block: 0 } };
  const heading = (of: Partial<Report>) => markdown({ ...none, ...of }).split('\n')[0];
  const refused = '## EU residency: refused (boundary `eu`)';
  const inside = '## EU residency: inside (boundary `eu`)';
  expect(heading({})).toBe(inside);
  expect(heading({ findings: [info] })).toBe(inside);
  expect(heading({ findings: [info, blocking] })).toBe(refused);
  expect(heading({ findings: [unresolved], blocks: (level) => level === 'block' })).toBe(inside);
  expect(heading({ findings: [unresolved], blocks: (level) => level !== 'info' })).toBe(refused);
  expect(heading({ summary: { ...report.summary, block: 1 } })).toBe(refused);
  expect(heading({ files: [{ file: 'gone.json', resources: 0, error: '' }] })).toBe(refused);
});

test('a comment without exceptions ends with its table', () => {
  expect(markdown({ ...report, exceptions: [] })).toMatch(/Move it\. \|$/);
});

test.each([
  ['https://evil.example/a', 'https:&#8203;//evil.example/a'],
  ['HTTP://evil.example', 'HTTP:&#8203;//evil.example'],
  ['www.evil.example', 'www&#8203;.evil.example'],
  ['a@evil.example', 'a&#64;&#8203;evil.example'],
  ['arn:aws:sqs:eu-west-1:111122223333:q', 'arn:aws:sqs:eu-west-1:111122223333:q'],
])('the value %s becomes no link', (value, shown) => {
  const [finding] = FINDINGS as [Finding];
  const [, found = ''] =
    /<code>([^<]*)<\/code> \(US\)/.exec(markdown({ ...report, findings: [{ ...finding, value }] })) ?? [];
  expect(found).toBe(shown);
});

test.each([
  ['see https://evil.example', 'see https:&#8203;//evil.example'],
  ['fixes #12', 'fixes &#35;&#8203;12'],
  ['fixes GH-12, gh-3', 'fixes GH-&#8203;12, gh-&#8203;3'],
  ['in 0a1b2c3', 'in 0a1b2c&#8203;3'],
  ['in 0123456789abcdef', 'in 012345&#8203;6789ab&#8203;cdef'],
  ['u/r@0a1b2c3', 'u/r&#64;&#8203;0a1b2c&#8203;3'],
  ['account 111122223333, 0a1b2c', 'account 111122223333, 0a1b2c'],
])('the message %s refers to nothing', (message, shown) => {
  const [finding] = FINDINGS as [Finding];
  expect(markdown({ ...report, findings: [{ ...finding, message }] })).toContain(`| ${shown} | Move it. |`);
});

test('a comment has 100 rows, and the number of the others', () => {
  const many = (count: number) => markdown({ ...report, findings: Array(count).fill(FINDINGS[0]) });
  expect(many(100)).not.toContain('further');
  expect(many(101)).toContain('\n\nand 1 further finding\n');
});

describe('the line of a finding', () => {
  const spot = (over: Partial<Finding>) => new Spots().of({ ...RULE, rule: 'r', level: 'block', stack: 's', ...over });
  const written = () =>
    path.join(
      folder({
        'a.yaml': 'Resources:\n  A:\n    Type: T\n    Properties:\n      List: [x,\n        y]\n      "a/b": c\n',
      }),
      'a.yaml',
    );
  const file = written();

  test.each<[string, Partial<Finding>, object]>([
    ['in the code of the app', { source: 'lib/a.ts:12:34' }, { file: 'lib/a.ts', line: 12, column: 34 }],
    ['in another file, without a column', { source: 'residency.yaml:7' }, { file: 'residency.yaml', line: 7 }],
    ['in an absolute file', { source: `${process.cwd()}/lib/a.ts:1:2` }, { file: 'lib/a.ts', line: 1, column: 2 }],
    ['in no known file', { file: 'none/../none.json' }, { file: 'none.json' }],
    ['on standard input', { file: '-' }, { file: 'stdin' }],
    ['of a stack without a file', { stack: 'Prod' }, { file: 'Prod' }],
  ])('%s', (_, over, expected) => {
    expect(spot(over)).toEqual(expected);
  });

  test.each<[string | undefined, string, number, number]>([
    ['A', '/Type', 3, 5],
    ['A', '/Properties/List/1', 6, 9],
    ['A', '/Properties/a~1b', 7, 7],
    ['A', '/Properties/None/0', 4, 5],
    ['A', '/Type/x', 3, 5],
    ['B', '/Type', 1, 1],
    [undefined, '/Resources', 1, 1],
    [undefined, '', 1, 1],
  ])('of %s%s is that of the nearest part of the template', (logicalId, pointer, line, column) => {
    expect(spot({ file, logicalId, path: pointer })).toMatchObject({ line, column });
  });

  test('in a plan or in a file that cannot be read is not known', () => {
    const root = folder({
      'plan.json': '{ "format_version": "1.2", "Resources": {\n"A": {} } }',
      'a.json': '{\n"Resources": {\n"A": {} } }',
    });
    const at = (name: string) => spot({ file: path.join(root, name), logicalId: 'A' });
    expect(at('plan.json')).not.toHaveProperty('line');
    expect(at('none.json')).not.toHaveProperty('line');
    expect(at('a.json')).toMatchObject({ line: 3, column: 1 });
  });

  test('a file that changes is read once for each report', () => {
    const spots = new Spots();
    const changed = written();
    const at = { ...RULE, rule: 'r', level: 'block', stack: 's', file: changed, logicalId: 'A' } as const;
    const before = spots.of(at);
    writeFileSync(changed, '');
    expect(spots.of(at)).toEqual(before);
  });
});
