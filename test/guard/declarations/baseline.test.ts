import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { applyBaseline, newBaseline } from '@/lib/guard/declarations/baseline';
import { readBaseline, readOldRows, writeBaseline } from '@/lib/guard/declarations/baseline-file';
import { fingerprintOf, keyOf } from '@/lib/guard/declarations/fingerprint';
import type { Finding } from '@/lib/guard/finding';
import { folder } from '@/test/cli/support';

const NOW = new Date('2026-11-24T12:00:00Z');
const FINDING: Finding = {
  rule: 'place-outside',
  level: 'block',
  stack: 'Prod/Chat',
  logicalId: 'Table1A2B3C4D',
  type: 'AWS::DynamoDB::GlobalTable',
  path: '/Properties/Replicas/1/Region',
  value: 'us-east-1',
  written: '{"Ref":"Target1A2B3C4D"}',
  message: 'm. w.',
  fix: 'f.',
  documentation: 'https://example.eu',
};
const key = (finding: Partial<Finding>) => keyOf(fingerprintOf({ ...FINDING, ...finding }));

// biome-ignore format: one row a line
test.each<[string, Partial<Finding>]>([
  ['the hash of its logical id', { logicalId: 'TableDEADBEEF' }],
  ['its position in a list', { path: '/Properties/Replicas/0/Region' }],
  ['its file', { file: 'elsewhere/Chat.template.json' }],
  ['its line', { source: 'lib/chat.ts:99:1' }],
  ['the wording of the message', { message: 'other' }],
  ['the level', { level: 'unresolved' }],
  ['the hash of an id that it refers to', { written: '{"Ref":"TargetDEADBEEF"}' }],
])('a finding stays the same when %s changes', (_, change) => {
  expect(key(change)).toBe(key({}));
});

test('a Lambda version and an asset stay the same when their content changes', () => {
  const version = (hash: string) => key({ logicalId: `FnCurrentVersion1A2B3C4D${hash.repeat(32)}` });
  expect(version('a')).toBe(version('b'));
  const asset = (hash: string) => key({ value: `https://b.s3.us-east-1.amazonaws.com/${hash.repeat(64)}.zip` });
  expect(asset('a')).toBe(asset('b'));
});

// biome-ignore format: one row a line
test.each<[string, Partial<Finding>]>([
  ['rule', { rule: 'stack-region' }],
  ['stack', { stack: 'Prod/Other' }],
  ['logical id', { logicalId: 'Other1A2B3C4D' }],
  ['type', { type: 'AWS::S3::Bucket' }],
  ['property', { path: '/Properties/Replicas/1/Name' }],
  ['value', { value: 'us-east-2' }],
  ['reference', { written: '{"Ref":"Other1A2B3C4D"}' }],
])('a finding with another %s is a different finding', (_, change) => {
  expect(key(change)).not.toBe(key({}));
});

test('a logical id that consists only of a hash is kept', () => {
  expect(fingerprintOf({ ...FINDING, logicalId: 'DEADBEEF' }).id).toBe('DEADBEEF');
});

const rowsOf = (...findings: Finding[]) => newBaseline(findings, []).rows;
const after = (findings: Finding[], rows = rowsOf(FINDING)) => {
  const { findings: left, known } = applyBaseline(findings, { file: 'b.json', rows }, NOW);
  return { left: left.map(({ rule, level, value }) => `${level} ${rule} ${value ?? ''}`.trim()), known };
};

test('permits known findings, not new ones', () => {
  expect(after([FINDING, { ...FINDING, value: 'us-west-2' }])).toEqual({
    left: ['block place-outside us-west-2'],
    known: 1,
  });
});

test('a second finding identical to a known one is new', () => {
  const second = { ...FINDING, path: '/Properties/Replicas/2/Region' };
  expect(after([FINDING, second])).toEqual({ left: ['block place-outside us-east-1'], known: 1 });
  expect(after([FINDING, second], rowsOf(FINDING, second))).toEqual({ left: [], known: 2 });
});

test("a row for a fixed finding is reported and doesn't block", () => {
  expect(after([])).toEqual({ left: ['info baseline-unused'], known: 0 });
});

test('a row past its expiry date permits nothing', () => {
  const rows = rowsOf(FINDING).map((row) => ({ ...row, expires: '2026-11-23' }));
  expect(after([FINDING], rows).left).toEqual(['block place-outside us-east-1', 'info baseline-expired']);
  const today = rowsOf(FINDING).map((row) => ({ ...row, expires: '2026-11-24' }));
  expect(after([FINDING], today).left).toEqual([]);
});

test.each(['guard-failed', 'template-readable', 'exception-expired'])('contains no finding of %s', (rule) => {
  const own: Finding = { ...FINDING, rule, level: 'unresolved' };
  expect(rowsOf(own)).toEqual([]);
  expect(after([own], [{ ...fingerprintOf(own) }]).left[0]).toContain(rule);
});

test('contains no informational finding', () => {
  expect(rowsOf({ ...FINDING, level: 'info' })).toEqual([]);
});

test('is the same whatever the order of the findings', () => {
  const other = { ...FINDING, stack: 'A' };
  expect(rowsOf(FINDING, other)).toEqual(rowsOf(other, FINDING));
});

test('a new baseline keeps reasons and expiry dates and lists added and removed findings', () => {
  const old = rowsOf(FINDING, { ...FINDING, value: 'us-west-1' }).map((row) => ({ ...row, reason: 'ticket 7' }));
  const change = newBaseline([FINDING, { ...FINDING, value: 'ap-south-1' }], old);
  expect(change.rows.map(({ value, reason }) => [value, reason])).toEqual([
    ['ap-south-1', undefined],
    ['us-east-1', 'ticket 7'],
  ]);
  expect(change.added.map(({ value }) => value)).toEqual(['ap-south-1']);
  expect(change.removed).toBe(1);
});

test('what is written has no part that is unknown', () => {
  const { logicalId: _, value: __, written: ___, ...rest } = FINDING;
  expect(rowsOf({ ...rest, logicalId: 'Queue', value: 'a' }, { ...rest, value: undefined })).toStrictEqual([
    { rule: 'place-outside', stack: 'Prod/Chat', type: FINDING.type, path: '/Properties/Replicas/*/Region' },
    {
      rule: 'place-outside',
      stack: 'Prod/Chat',
      id: 'Queue',
      type: FINDING.type,
      path: '/Properties/Replicas/*/Region',
      value: 'a',
    },
  ]);
  expect(rowsOf(FINDING, FINDING)[0]?.count).toBe(2);
});

test('a finding about a row names the row and the file', () => {
  const [row] = rowsOf(FINDING);
  const about = (over: object) =>
    applyBaseline([], { file: 'b.json', rows: [{ ...row, ...over } as never] }, NOW).findings.map(
      ({ rule, level, stack, file, message }) => [rule, level, stack, file, message.split('. ')[0]],
    );
  const name = "the row 'place-outside' of Prod/Chat Table/Properties/Replicas/*/Region (us-east-1)";
  expect(about({})).toEqual([['baseline-unused', 'info', 'b.json', 'b.json', `${name} is no longer found`]]);
  expect(about({ expires: '2026-11-23' })).toEqual([
    ['baseline-expired', 'info', 'b.json', 'b.json', `${name} was to be fixed by 2026-11-23`],
  ]);
  expect(about({ id: undefined, path: undefined, value: undefined })[0]?.[4]).toBe(
    "the row 'place-outside' of Prod/Chat is no longer found",
  );
});

describe('a file', () => {
  const row = { rule: 'r', stack: 's' };

  // biome-ignore format: one row a line
  test.each<[unknown, string]>([
    [{ version: 1 }, ": isn't a baseline, because it has no list 'findings'; '--write-baseline' writes one"],
    [null, ": isn't a baseline, because it has no list 'findings'; '--write-baseline' writes one"],
    [{ version: 2, findings: [] }, ': version: found 2; allowed: 1'],
    [{ version: 1, findings: [row, null] }, ': findings[1]: found null; allowed: a mapping'],
    [{ version: 1, findings: ['r'] }, ': findings[0]: found "r"; allowed: a mapping'],
    [{ version: 1, findings: [{ rule: 'r' }] }, ': findings[0].stack: is missing'],
    [{ version: 1, findings: [{ stack: 's' }] }, ': findings[0].rule: is missing'],
    [{ version: 1, findings: [{ ...row, line: 1 }] }, ": findings[0].line: isn't a key of a row; allowed: rule, stack, id, type, path, value, hash, count, reason, expires"],
    [{ version: 1, findings: [{ ...row, id: 1 }] }, ': findings[0].id: found 1; allowed: a string'],
    [{ version: 1, findings: [{ ...row, count: '1' }] }, ': findings[0].count: found "1"; allowed: a number'],
    [{ version: 1, findings: [{ ...row, count: 0 }] }, ': findings[0].count: found 0; allowed: a whole number of at least 1'],
    [{ version: 1, findings: [{ ...row, count: 1.5 }] }, ': findings[0].count: found 1.5; allowed: a whole number of at least 1'],
    [{ version: 1, findings: [{ ...row, expires: '2027-1-1' }] }, ": findings[0].expires: found '2027-1-1'; allowed: a date such as 2027-06-30"],
    [{ version: 1, findings: [{ ...row, expires: 'by 2027-01-01' }] }, ": findings[0].expires: found 'by 2027-01-01'; allowed: a date such as 2027-06-30"],
    [{ version: 1, findings: [{ ...row, expires: '2027-01-011' }] }, ": findings[0].expires: found '2027-01-011'; allowed: a date such as 2027-06-30"],
  ])('with %j is refused', (content, why) => {
    const file = path.join(folder({ 'b.json': JSON.stringify(content) }), 'b.json');
    expect(() => readBaseline(file)).toThrow(new Error(`${file}${why}`));
  });

  test('that is missing, a folder or no JSON is refused', () => {
    const root = folder({ 'b.json': '{' });
    const of = (name: string) => () => readBaseline(path.join(root, name));
    expect(of('none.json')).toThrow("none.json: the file doesn't exist; write it with '--write-baseline'");
    expect(of('.')).toThrow("can't be read (EISDIR)");
    expect(of('b.json')).toThrow("b.json: isn't JSON, so it isn't a baseline: ");
    expect(readOldRows(path.join(root, 'none.json'))).toBeUndefined();
  });

  test('reads as what was written, one row a line', () => {
    const file = path.join(folder(), 'b.json');
    const rows = [row, { ...row, count: 2, reason: 'a', expires: '2027-01-01' }];
    writeBaseline(file, rows);
    expect(readOldRows(file)).toEqual(rows);
    expect(readFileSync(file, 'utf8').split('\n').slice(2, 6)).toEqual([
      '  "version": 1,',
      '  "findings": [',
      '    {"rule":"r","stack":"s"},',
      '    {"rule":"r","stack":"s","count":2,"reason":"a","expires":"2027-01-01"}',
    ]);
    writeBaseline(file, []);
    expect(readFileSync(file, 'utf8')).toContain('"findings": []\n}\n');
  });
});

test('another reference at the same path is a different finding, although neither has a value', () => {
  const check = (Ref: string) => {
    const template = {
      Parameters: { A: { Type: 'String' }, B: { Type: 'String' } },
      Resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: { Ref } }] } } },
    };
    const context = { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-central-1' };
    return checkTemplate(template, context).findings.map((finding) => keyOf(fingerprintOf(finding)));
  };
  expect(check('A')).toHaveLength(1);
  expect(check('A')).toEqual(check('A'));
  expect(check('A')).not.toEqual(check('B'));
});
