import '@microsoft/jest-sarif';
import { github } from '@/lib/guard/report/github';
import { gitlab } from '@/lib/guard/report/gitlab';
import { junit } from '@/lib/guard/report/junit';
import { markdown } from '@/lib/guard/report/markdown';
import { type Report, toReport } from '@/lib/guard/report/report';
import { sarif } from '@/lib/guard/report/sarif';
import { CLEAN, checkIn, folder, LEAK } from '../support';

const root = folder({
  'clean.json': CLEAN,
  'leak.json': JSON.stringify(LEAK, null, 2),
  'open.yaml':
    'Parameters: { Where: { Type: String } }\nResources:\n  Subject:\n    Type: AWS::DynamoDB::GlobalTable\n    Properties:\n      Replicas:\n        - Region: !Ref Where\n',
  'na,s:ty.json': { Resources: { 'A\u001b[2J\n::error::x|`<b>&@me</b>': LEAK.Resources.Subject } },
  'exceptions.yaml':
    'exceptions: [{ rule: place-outside, file: leak.json, logicalId: Subject, reason: "a|b <i> --", approver: dpo, expires: 2999-01-01 }]\n',
});
const FILES = ['clean.json', 'leak.json', 'open.yaml', 'none.json', '--region', 'eu-central-1'];
const as = (format: string, ...args: string[]) =>
  checkIn(root, '--format', format, ...(args.length > 0 ? args : FILES)).out;
const EXCEPTED = ['leak.json', '--region', 'eu-central-1', '--exceptions', 'exceptions.yaml'];

test('json has every key of its contract, and no other', () => {
  const report = JSON.parse(as('json'));
  expect(Object.keys(report)).toEqual([
    ...['tool', 'version', 'boundary', 'deployRegion', 'files', 'findings', 'exceptions', 'summary'],
  ]);
  for (const file of report.files) expect(Object.keys(file)).toEqual(['file', 'resources', 'error']);
  for (const finding of report.findings) {
    expect(Object.keys(finding)).toEqual([
      ...[
        'rule',
        'level',
        'file',
        'logicalId',
        'constructPath',
        'type',
        'path',
        'value',
        'place',
        'message',
        'fix',
        'source',
      ],
    ]);
  }
  expect(report).toMatchObject({ tool: 'eu-residency', boundary: 'eu', deployRegion: 'eu-central-1' });
  expect(report.summary).toEqual({ files: 4, resources: 3, block: 1, unresolved: 1, info: 0 });
  expect(report.findings[0].place).toEqual({ region: 'us-east-1', country: 'US' });
});

test.each(['json', 'sarif', 'gitlab'])('%s escapes what a terminal obeys, and reads as the same text', (format) => {
  const id = 'A\u0085\u009b2J\u202e\u{e0001}';
  const written = checkIn(
    folder({ 'a.json': { Resources: { [id]: LEAK.Resources.Subject } } }),
    'a.json',
    '--format',
    format,
  ).out;
  expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(JSON.stringify(JSON.parse(written))).toContain(id);
});

test('json has null, never nothing, where nothing is known', () => {
  const report = JSON.parse(as('json', 'clean.json'));
  expect(report.deployRegion).toBeNull();
  expect(report.findings[0]).toMatchObject({ rule: 'stack-region', logicalId: null, place: null, source: null });
});

describe('sarif', () => {
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly locations: readonly { readonly physicalLocation: object }[];
  }
  const run = (...args: string[]) => JSON.parse(as('sarif', ...args)).runs[0];

  test.each([
    ['findings and an unreadable file', FILES],
    ['nothing', ['clean.json', '--region', 'eu-central-1']],
    ['an exception', EXCEPTED],
    ['values that would do harm', ['na,s:ty.json', '--region', 'eu-central-1']],
  ])('with %s is valid by its schema', (_, args) => {
    expect(JSON.parse(as('sarif', ...args))).toBeValidSarifLog();
  });

  test('each result points at its rule and at its line', () => {
    const { results, tool, invocations } = run();
    for (const result of results as Result[]) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    }
    expect(results.map(({ level, locations }: Result) => [level, locations[0]?.physicalLocation])).toEqual([
      ['error', { artifactLocation: { uri: 'leak.json' }, region: { startLine: 11, startColumn: 13 } }],
      ['error', { artifactLocation: { uri: 'open.yaml' }, region: { startLine: 7, startColumn: 11 } }],
    ]);
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('there is no such file or folder');
  });

  test('a warning is one, and a used exception is listed', () => {
    const { results } = run('open.yaml', '--region', 'eu-central-1', '--unresolved', 'warn');
    expect(results[0].level).toBe('warning');
    expect(run(...EXCEPTED).properties.exceptions).toEqual([
      expect.objectContaining({ reason: 'a|b <i> --', findings: 1 }),
    ]);
  });

  test('fingerprints stay when lines and order change, and differ from one another', () => {
    const prints = (content: object) =>
      JSON.parse(checkIn(folder({ 'a.json': content }), 'a.json', '--format', 'sarif').out).runs[0].results.map(
        ({ partialFingerprints }: Result) => Object.values(partialFingerprints)[0],
      );
    const two = { Resources: { A: LEAK.Resources.Subject, B: LEAK.Resources.Subject } };
    const turned = { Description: 'moved', Resources: { B: two.Resources.B, A: two.Resources.A } };
    expect(new Set(prints(two)).size).toBe(3);
    expect(prints(turned).sort()).toEqual(prints(two).sort());
  });
});

test('junit has a suite a file and a failure a finding', () => {
  const text = as('junit');
  expect(text).toContain('<testsuite name="clean.json" tests="1" failures="0" errors="0">');
  expect(text).toContain('<testcase name="stays inside" classname="clean.json"/>');
  expect(text).toContain('<testsuite name="leak.json" tests="1" failures="1" errors="0">');
  expect(text).toContain('<testsuite name="none.json" tests="1" failures="0" errors="1">');
  expect(as('junit', 'open.yaml', '--region', 'eu-central-1', '--unresolved', 'warn')).toContain('failures="0"');
});

test('junit stays XML whatever a template or an owner writes', () => {
  for (const text of [as('junit', 'na,s:ty.json', '--region', 'eu-central-1'), as('junit', ...EXCEPTED)]) {
    expect(text.replace(/<!--(?:(?!--)[\s\S])*-->/g, '').replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!\w+;)/);
    expect(text).not.toContain('\u001b');
  }
  expect(as('junit', ...EXCEPTED)).toContain('approved by dpo');
});

test('github annotates lines, and a value can not end a command', () => {
  const lines = as('github').split('\n');
  expect(lines[0]).toBe('::error file=none.json,title=eu-residency::not checked: there is no such file or folder');
  expect(lines[1]).toMatch(
    /^::error file=leak\.json,line=11,col=13,title=eu-residency place-outside::Subject\/Properties\/Replicas\/1\/Region: found us-east-1;/,
  );
  expect(as('github', 'open.yaml', '--region', 'eu-central-1', '--unresolved', 'warn')).toMatch(
    /^::warning file=open\.yaml,line=7/,
  );
  const nasty = as('github', 'na,s:ty.json', '--region', 'eu-central-1').split('\n');
  expect(nasty.filter((line) => line.startsWith('::error::'))).toEqual([]);
  expect(nasty[0]).toContain('::error file=na%2Cs%3Aty.json,line=');
  expect(as('github', ...EXCEPTED)).toContain('::notice title=eu-residency exceptions::1 exception used:');
});

test('gitlab is a code quality report', () => {
  const entries = JSON.parse(as('gitlab'));
  for (const entry of entries) {
    expect(Object.keys(entry)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location']);
  }
  expect(
    entries.map((e: { check_name: string; severity: string; location: object }) => [
      e.check_name,
      e.severity,
      e.location,
    ]),
  ).toEqual([
    ['template-readable', 'blocker', { path: 'none.json', lines: { begin: 1 } }],
    ['place-outside', 'blocker', { path: 'leak.json', lines: { begin: 11 } }],
    ['region-unresolved', 'blocker', { path: 'open.yaml', lines: { begin: 7 } }],
  ]);
  expect(new Set(entries.map((entry: { fingerprint: string }) => entry.fingerprint)).size).toBe(3);
  expect(JSON.parse(as('gitlab', ...EXCEPTED))).toEqual([
    expect.objectContaining({ check_name: 'exception-used', severity: 'info' }),
  ]);
});

test('markdown is a comment in which nothing of a template acts', () => {
  const text = as('markdown');
  expect(text).toMatch(/^## EU residency: refused \(boundary `eu`\)\n/);
  expect(text).toContain('**none.json** was not checked: there is no such file or folder');
  expect(text).toContain('| block | place-outside |');
  const nasty = as('markdown', 'na,s:ty.json', '--region', 'eu-central-1');
  expect(nasty).not.toMatch(/<b>|@me|`</);
  expect(nasty).toContain('&#60;b&#62;');
  expect(as('markdown', 'clean.json', '--region', 'eu-central-1')).toMatch(/^## EU residency: inside/);
  expect(as('markdown', ...EXCEPTED)).toContain('### 1 exception used:');
});

test('markdown mentions no person and no issue: GitHub decodes entities before it looks for them', () => {
  const text = as('markdown', '@team#1.json', '--region', 'eu-central-1');
  expect(text).toContain('**&#64;&#8203;team&#35;&#8203;1.json** was not checked');
});

test.each([
  ['long values', { 'many.json': { Resources: longValues(90) } }, ['many.json'], /and \d\d further findings/],
  [
    'many files that are not there',
    {},
    Array.from({ length: 300 }, (_, n) => `${'x'.repeat(80)}${n}.json`),
    /and \d+ further files that were not checked/,
  ],
])('markdown stays within the length of a comment with %s', (_, files, args, more) => {
  const { out } = checkIn(folder(files), ...args, '--region', 'eu-west-1', '--format', 'markdown');
  expect(out).toMatch(more);
  expect(out.length).toBeLessThan(65_536);
});

/** Resources whose finding repeats a long value. */
function longValues(count: number) {
  const host = `https://${'a.'.repeat(100)}example.com/${'x'.repeat(200)}`;
  const entry = { Type: 'AWS::Events::ApiDestination', Properties: { InvocationEndpoint: host } };
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${'R'.repeat(200)}${n}`, entry]));
}

test('markdown counts what a comment can not hold', () => {
  const Resources = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`T${index}`, LEAK.Resources.Subject]),
  );
  const text = checkIn(
    folder({ 'many.json': { Resources } }),
    'many.json',
    '--region',
    'eu-west-1',
    '--format',
    'markdown',
  ).out;
  expect(text).toContain('and 50 further findings');
  expect(text.length).toBeLessThan(65_536);
});

test('pretty points at the place in a longer value', () => {
  const queue = 'https://sqs.us-west-1.amazonaws.com/1/q';
  const at = folder({ 'q.json': { Resources: { F: { Type: 'AWS::SQS::Queue', Properties: { Q: queue } } } } });
  const { out } = checkIn(at, 'q.json', '--region', 'eu-west-1');
  const [, value = '', pointer = ''] = /\n(.* at: .*)\n( *\^+)\n/.exec(out) ?? [];
  expect(value.slice(pointer.indexOf('^'), pointer.length)).toBe('us-west-1');
});

test('pretty keeps the terminal from what a value holds', () => {
  const { out } = checkIn(root, 'na,s:ty.json', '--region', 'eu-central-1');
  expect(out).not.toContain('\u001b');
});

test('pretty lists the exceptions that were used', () => {
  expect(as('pretty', ...EXCEPTED)).toContain(
    "the exception to 'place-outside' (file leak.json, logicalId Subject): 1 finding",
  );
});

describe('a check in which nothing is found', () => {
  const report = toReport(
    { files: [{ file: 'a.json', resources: 1 }], findings: [], exceptions: [], known: 2 },
    { version: '1.0.0', boundary: 'DE', deployRegions: [], minLevel: 'info', unresolved: 'block' },
  );

  test.each<[string, (of: Report) => string, string]>([
    ['github', github, '1 resource in 1 file checked: 0 findings; 2 known findings let pass by the baseline'],
    ['gitlab', gitlab, '[]'],
    ['junit', junit, '<testcase name="stays inside" classname="a.json"/>'],
    ['markdown', markdown, '## EU residency: inside (boundary `DE`)'],
    ['sarif', sarif, '"results": []'],
  ])('is told by %s', (_, format, text) => {
    expect(format(report)).toContain(text);
  });
});
