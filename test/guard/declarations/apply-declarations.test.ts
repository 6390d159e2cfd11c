import { applyDeclarations } from '@/lib/guard/declarations/apply-declarations';
import type { CheckedStack, DeclaredException } from '@/lib/guard/declarations/declared-exception';
import { LOGICAL_ID } from '@/lib/guard/declarations/logical-id';
import type { Finding } from '@/lib/guard/finding';

const NOW = new Date('2026-11-24T12:00:00Z');
const FINDING: Finding = {
  rule: 'edge-type',
  level: 'block',
  stack: 'Prod/Web',
  file: 'cdk.out/Web.template.json',
  logicalId: 'Assets',
  type: 'AWS::CloudFront::Distribution',
  path: '/Properties/Origins/1/DomainName',
  value: 'edge',
  message: 'm. w.',
  fix: 'f.',
  documentation: 'https://example.eu',
};
const ROW: DeclaredException = {
  rule: 'edge-type',
  stack: 'Prod/Web',
  reason: 'public images',
  approver: 'dpo@example.eu',
  expires: '2027-06-30',
};
const STACK: CheckedStack = {
  stack: 'Prod/Web',
  file: 'cdk.out/Web.template.json',
  types: new Map([['Assets', 'AWS::CloudFront::Distribution']]),
};

function apply(
  exception: Partial<DeclaredException>,
  finding: Partial<Finding> = {},
  { complete = false, stack = STACK } = {},
) {
  const { findings, used } = applyDeclarations(
    [{ ...FINDING, ...finding }],
    { exceptions: [{ ...ROW, ...exception }], places: [], boundaries: [] },
    { now: NOW, checked: [stack], complete },
  );
  return {
    left: findings.map(({ rule, level }) => `${level} ${rule}`),
    used: used.map((row) => row.findings),
    findings,
  };
}

// biome-ignore format: one row a line
test.each<[string, Partial<DeclaredException>]>([
  ['rule and stack', {}],
  ['a stack by glob', { stack: 'Prod/*' }],
  ['a file', { stack: undefined, file: 'cdk.out/Web.template.json' }],
  ['a file by glob', { stack: undefined, file: '**/Web.template.json' }],
  ['a file with ./ before it', { stack: undefined, file: './cdk.out/*' }],
  ['a logical id', { logicalId: 'Assets' }],
  ['a type', { type: 'AWS::CloudFront::Distribution' }],
  ['a pointer', { property: '/Properties/Origins/1/DomainName' }],
  ['a pointer by glob', { property: '/Properties/Origins/*/DomainName' }],
  ['a value', { value: 'edge' }],
  ['its expiry date', { expires: '2026-11-24' }],
])('%s permits a finding', (_, exception) => {
  expect(apply(exception)).toMatchObject({ left: [], used: [1] });
});

// biome-ignore format: one row a line
test.each<[string, Partial<DeclaredException>]>([
  ['another rule', { rule: 'place-outside' }],
  ['another logical id', { logicalId: 'Other' }],
  ['another type', { type: 'AWS::S3::Bucket' }],
  ['another pointer', { property: '/Properties/Origins/*' }],
  ['another value', { value: 'edg' }],
])('%s permits nothing and is a finding', (_, exception) => {
  expect(apply(exception)).toMatchObject({ left: ['block edge-type', 'unresolved exception-unused'], used: [] });
});

test.each<[string, Partial<DeclaredException>]>([
  ['another stack', { stack: 'Prod' }],
  ['another file', { file: 'other.yaml' }],
])('an exception for %s than those checked is informational unless everything was checked', (_, exception) => {
  expect(apply(exception).left).toEqual(['block edge-type', 'info exception-unused']);
  expect(apply(exception, {}, { complete: true }).left).toEqual(['block edge-type', 'unresolved exception-unused']);
});

test.each<[string, Partial<DeclaredException>]>([
  ['a reason', { reason: '  ' }],
  ['an approver', { approver: '' }],
  ['an expiry date', { expires: '' }],
  ['stack and file', { stack: undefined }],
  ['anything that narrows it', { stack: '**', logicalId: undefined, type: undefined, value: undefined }],
])('an exception without %s permits nothing and is a finding', (_, exception) => {
  expect(apply(exception)).toMatchObject({ left: ['block edge-type', 'unresolved exception-incomplete'], used: [] });
});

test('an expired exception permits nothing, and its finding names the approver', () => {
  const { left, findings } = apply({ expires: '2026-11-23' });
  expect(left).toEqual(['block edge-type', 'unresolved exception-expired']);
  expect(findings[1]?.message).toContain('was valid until 2026-11-23; dpo@example.eu approved it: public images');
});

test('a finding about an exception names the line that declares it', () => {
  const { findings } = apply({ value: 'x', declaredAt: { file: 'residency-exceptions.yaml', line: 7 } });
  expect(findings[1]).toMatchObject({ file: 'residency-exceptions.yaml', source: 'residency-exceptions.yaml:7' });
});

test('a finding about an exception from code names its stack', () => {
  expect(apply({ value: 'x' }).findings[1]).toMatchObject({ stack: 'Prod/Web' });
  expect(apply({ value: 'x' }).findings[1]).not.toHaveProperty('file');
  expect(apply({ value: 'x', stack: undefined, file: '**/Web.*' }).findings[1]).toMatchObject({ stack: '**/Web.*' });
});

// biome-ignore format: one row a line
test.each<[Partial<DeclaredException>, string]>([
  [{ value: 'x' }, "the exception to 'edge-type' (stack Prod/Web, value x) permits nothing: it matches no finding."],
  [{ reason: ' ', approver: '' }, "the exception to 'edge-type' (stack Prod/Web) lacks 'reason' and 'approver'."],
  [{ expires: ' ' }, "the exception to 'edge-type' (stack Prod/Web) lacks 'expires'."],
  [{ stack: undefined }, "the exception to 'edge-type' (for nothing) lacks 'stack' or 'file'."],
  [{ rule: 'stack-region' }, "the exception to 'stack-region' (stack Prod/Web) lacks 'types'."],
  [{ type: 'Custom::A' }, "the exception to 'edge-type' (stack Prod/Web, type Custom::A) lacks one 'logicalId' in a named stack or file."],
  [{ stack: '**' }, "the exception to 'edge-type' (stack **) lacks 'logicalId', 'type' or 'value', because it applies to every stack."],
  [{ expires: '2026-11-23' }, "the exception to 'edge-type' (stack Prod/Web) was valid until 2026-11-23; dpo@example.eu approved it: public images."],
])('an exception of %j says what is wrong', (exception, text) => {
  expect(apply(exception).findings.find(({ rule }) => rule.startsWith('exception-'))?.message.startsWith(text)).toBe(true);
});

test.each(['guard-failed', 'template-readable', 'exception-unused', 'exception-expired', 'exception-incomplete'])(
  'no exception permits %s',
  (rule) => {
    expect(apply({ rule }, { rule, level: 'unresolved' }).left).toContain(`unresolved ${rule}`);
    expect(apply({ rule }, { rule, level: 'unresolved' }).used).toEqual([]);
  },
);

test("a construct path in a template's metadata has no effect", () => {
  const { left } = apply({ stack: 'Other' }, { constructPath: 'Other/Assets' });
  expect(left).toContain('block edge-type');
});

describe('a custom resource', () => {
  const custom = { rule: 'custom-resource', type: 'Custom::Copy', logicalId: 'Copy' };

  test.each<[string, Partial<DeclaredException>]>([
    ['its type', { type: 'Custom::Copy' }],
    ['its rule', {}],
    ['its logical id in any stack', { logicalId: 'Copy', stack: '**' }],
  ])("doesn't pass by %s alone", (_, exception) => {
    const { left } = apply({ rule: 'custom-resource', ...exception }, custom);
    expect(left).toContain('block custom-resource');
  });

  test('passes by stack and logical id', () => {
    expect(apply({ rule: 'custom-resource', logicalId: 'Copy' }, custom)).toMatchObject({ left: [], used: [1] });
  });
});

describe('a stack outside the boundary', () => {
  const outside = { rule: 'stack-region', logicalId: undefined, type: undefined, path: '', value: 'us-east-1' };
  const allowance = { rule: 'stack-region', types: ['AWS::CertificateManager::Certificate'] };
  const holding = (...types: string[]) => ({
    stack: { ...STACK, types: new Map(types.map((type, index) => [`R${index}`, type])) },
  });

  test('passes with the permitted types', () => {
    const stack = holding('AWS::CertificateManager::Certificate', 'AWS::CDK::Metadata');
    expect(apply(allowance, outside, stack)).toMatchObject({ left: [], used: [1] });
  });

  test("doesn't pass with any other type", () => {
    const { left, findings } = apply(
      allowance,
      outside,
      holding('AWS::CertificateManager::Certificate', 'AWS::S3::Bucket'),
    );
    expect(left).toEqual(['block stack-region']);
    expect(findings[0]).toMatchObject({ logicalId: 'R1', type: 'AWS::S3::Bucket' });
    expect(findings[0]?.message).toContain(
      "permits only AWS::CertificateManager::Certificate in it, found 'AWS::S3::Bucket'",
    );
  });

  test('of two stacks with the same name, only the one with the finding counts', () => {
    const other = { ...STACK, file: 'other.json', types: new Map([['B', 'AWS::S3::Bucket']]) };
    const { stack } = holding('AWS::CertificateManager::Certificate');
    const { findings } = applyDeclarations(
      [{ ...FINDING, ...outside }],
      { exceptions: [{ ...ROW, ...allowance }], places: [], boundaries: [] },
      { now: NOW, checked: [other, stack] },
    );
    expect(findings).toEqual([]);
  });

  test('that was not checked is not permitted', () => {
    const { findings } = applyDeclarations(
      [{ ...FINDING, ...outside }],
      { exceptions: [{ ...ROW, ...allowance }], places: [], boundaries: [] },
      { now: NOW, checked: [] },
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['stack-region']);
  });

  test("can't permit a custom resource by its type name", () => {
    const types = ['Custom::CrossRegionExportWriter'];
    expect(apply({ ...allowance, types }, outside, holding(...types)).left).toEqual(['block stack-region']);
  });

  test('permits a custom resource by a separate exception', () => {
    const stack = holding('AWS::CertificateManager::Certificate', 'Custom::Writer');
    const exceptions = [
      { ...ROW, ...allowance },
      { ...ROW, rule: 'stack-region', logicalId: 'R1' },
    ];
    const { findings, used } = applyDeclarations(
      [{ ...FINDING, ...outside }],
      { exceptions, places: [], boundaries: [] },
      { now: NOW, checked: [stack.stack] },
    );
    expect(findings).toEqual([]);
    expect(used).toHaveLength(2);
  });

  test("doesn't pass without a list of types", () => {
    expect(apply({ rule: 'stack-region' }, outside).left).toEqual([
      'block stack-region',
      'unresolved exception-incomplete',
    ]);
  });

  test('passes for its own rule only', () => {
    const { left } = apply(allowance, { ...outside, rule: 'place-outside' });
    expect(left).toContain('block place-outside');
  });
});

// biome-ignore format: one row a line
test.each<[string, boolean]>([
  ['Table1A2B3C4D', true],
  ['T'.repeat(255), true],
  ['aws_s3_bucket.this', true],
  ['data.aws_lambda_invocation.this', true],
  ['module.logs["eu.a"].aws_s3_bucket.this[0]', true],
  ['_module.some-name', true],
  ['', false],
  ['T'.repeat(256), false],
  ['Table-1', false],
  ['.', false],
  ['aws_s3_bucket.', false],
  ['.this', false],
  ['aws_s3_bucket.1', false],
  ['aws_s3_bucket.this[a]', false],
  ['aws_s3_bucket.this["a b"]', false],
  ['aws_s3_bucket.this other', false],
  ['aws_s3_bucket.this[0][1]', false],
])('that %s names a resource is %s', (id, isOne) => {
  expect(LOGICAL_ID.test(id)).toBe(isOne);
});
