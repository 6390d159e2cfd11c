import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import type { Finding } from '@/lib/guard/finding';
import { REPEATED_PARTS } from './repeated-parts';

/** Far more than any of these cases takes, and far less than quadratic growth would. */
const MAX_SECONDS = 6;

/** The findings for a variable's value, which must stay within the allowed processor time. */
function findingsWithin(value: unknown, sections: Readonly<Record<string, unknown>> = {}): readonly Finding[] {
  const properties = { Environment: { Variables: { A: value } } };
  const template = { ...sections, Resources: { F: { Type: 'AWS::Lambda::Function', Properties: properties } } };
  const before = process.cpuUsage();
  const { findings } = checkTemplate(template, {
    boundary: ResidencyBoundary.eu(),
    stack: 's',
    deployRegion: 'eu-west-1',
  });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(MAX_SECONDS);
  return findings.filter(({ rule }) => rule === 'place-outside');
}

const filled = (length: number, part: (index: number) => string) => {
  const parts: string[] = [];
  for (let size = 0; size < length; ) {
    const next = part(parts.length);
    parts.push(next);
    size += next.length;
  }
  return parts.join('');
};

const FIVE_MB = 5_000_000;

test.each<[string, (index: number) => string]>([
  ['words', () => 'an ordinary line of text-1\n'],
  ['one word', () => 'aaaaaaaaaa'],
  ['Regions that are inside', () => 'eu-west-1 '],
  ['a Region that is outside, again and again', () => 'us-east-1 '],
  ['hosts', (index) => `https://b${index}.s3.eu-west-1.amazonaws.com `],
  ['hosts outside', (index) => `https://b${index}.s3.us-east-1.amazonaws.com `],
  ['ARNs', (index) => `arn:aws:sqs:eu-west-1:1:q${index} `],
  ['names of roles', (index) => `arn:aws:iam::1:role/r${index}-us-east-1 `],
  ['profiles', (index) => `us.anthropic.claude-${index} `],
  ['objects', (index) => `${index === 0 ? '[' : ''}{"a-1":"eu-west-${index}"},`],
])('5 MB of %s take bounded time', (_, part) => {
  expect(findingsWithin(filled(FIVE_MB, part)).length).toBeLessThan(60);
});

test('a text with more places than are listed is reported as such', () => {
  const findings = findingsWithin(filled(100_000, (index) => `arn:aws:sqs:us-east-1:1:q${index} `));
  expect(findings.filter(({ level }) => level === 'block').length).toBeGreaterThan(40);
  expect(findings.filter(({ level }) => level === 'unresolved').map(({ message }) => message)).toEqual([
    expect.stringContaining('more places than are listed'),
  ]);
});

test.each(REPEATED_PARTS)('50,000 characters of %j take bounded time in every encoding', (part) => {
  const text = `${part.repeat(Math.ceil(50_000 / part.length))}-1`;
  findingsWithin(text);
  findingsWithin({ 'Fn::Sub': text });
  findingsWithin({ 'Fn::Join': ['', [text, { 'Fn::Sub': '${AWS::StackName}' }, text]] });
  findingsWithin(`{"a":${JSON.stringify(text)}}`);
});

const nested = (levels: number, end: unknown): unknown => {
  let node = end;
  for (let level = 0; level < levels; level++) node = { 'Fn::If': ['C', node, 'eu-west-1'] };
  return node;
};

test.each([5, 50, 500])('%d nested conditions hide no value', (levels) => {
  const findings = findingsWithin(nested(levels, 'us-east-1'), {
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Parameters: { P: { Type: 'String' } },
  });
  expect(findings.length).toBeGreaterThan(0);
});

const MAPS = Object.fromEntries(
  Array.from({ length: 60 }, (_, map) => [
    `m${map}`,
    Object.fromEntries(
      Array.from({ length: 20 }, (__, row) => [
        `r${row}`,
        { a: { 'Fn::FindInMap': [{ Ref: 'P' }, { Ref: 'P' }, { Ref: 'P' }] }, b: `v${map}${row}` },
      ]),
    ),
  ]),
);

test.each([
  ['a mapping that refers to itself', { 'Fn::FindInMap': [{ Ref: 'P' }, { Ref: 'P' }, { Ref: 'P' }] }],
  [
    'a map of placeholders',
    {
      'Fn::FindInMap': [
        { 'Fn::FindInMap': [{ Ref: 'P' }, { Ref: 'P' }, 'b'] },
        { 'Fn::Sub': '${P}${P}' },
        { Ref: 'P' },
      ],
    },
  ],
  ['a parameter that refers to itself twice', { 'Fn::Sub': '${Q}${Q}' }],
  ['the same in lists', { 'Fn::Join': ['', [{ Ref: 'Q' }, { Ref: 'Q' }, { Ref: 'Q' }]] }],
])('%s is unresolved', (_, value) => {
  const findings = findingsWithin(value, {
    Parameters: { P: { Type: 'String' }, Q: { Type: 'String', AllowedValues: [{ Ref: 'Q' }, { Ref: 'Q' }, 'x'] } },
    Mappings: MAPS,
  });
  expect([...new Set(findings.map(({ level }) => level))]).toEqual(['unresolved']);
});

test('many variants of a long text are unresolved', () => {
  const Q = { Type: 'String', AllowedValues: Array.from({ length: 200 }, (_, index) => `v${index}`) };
  const value = { 'Fn::Join': ['', [{ Ref: 'Q' }, 'x'.repeat(1_000_000)]] };
  expect(findingsWithin(value, { Parameters: { Q } }).map(({ level }) => level)).toEqual(['unresolved']);
});
