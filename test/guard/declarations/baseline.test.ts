import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { applyBaseline, newBaseline } from '@/lib/guard/declarations/baseline';
import { fingerprintOf, keyOf } from '@/lib/guard/declarations/fingerprint';
import type { Finding } from '@/lib/guard/finding';

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
