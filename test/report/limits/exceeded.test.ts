import { AWS_LIMITS } from '@/lib/facts/aws-limits';
import { exceeded } from '@/lib/report/limits/exceeded';

const exceededIn = (template: object) => exceeded(JSON.stringify(template));

const of = (Type: string, Properties: object, others: object = {}) => ({
  Resources: { One: { Type, Properties }, ...others },
});

/** A policy of this many bytes. */
const policy = (size: number) => ({ Sid: 'x'.repeat(size - '{"Sid":""}'.length) });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, nth) => [`A${nth}`, {}]));
const values = (count: number) => ({
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'f', StartsWith: Array.from({ length: count }, () => 'v') }] }],
});

const { most } = AWS_LIMITS.keyPolicy;

test.each<[string, (extra: 0 | 1) => object, RegExp]>([
  [
    "a key's policy",
    (extra) => of('AWS::KMS::Key', { KeyPolicy: policy(most + extra) }),
    /One.*key's policy has at least 32769 bytes/,
  ],
  [
    "a bucket's policy",
    (extra) => of('AWS::S3::BucketPolicy', { PolicyDocument: policy(20_480 + extra) }),
    /20481 bytes/,
  ],
  [
    "an endpoint's policy",
    (extra) => of('AWS::EC2::VPCEndpoint', { PolicyDocument: policy(20_480 + extra) }),
    /20481 char/,
  ],
  [
    'a managed policy',
    (extra) => of('AWS::IAM::ManagedPolicy', { PolicyDocument: policy(6_144 + extra) }),
    /6145 char/,
  ],
  [
    'a policy of log groups',
    (extra) => of('AWS::Logs::ResourcePolicy', { PolicyDocument: policy(5_120 + extra) }),
    /5121 char/,
  ],
  [
    "a table's policy",
    (extra) =>
      of('AWS::DynamoDB::GlobalTable', { Replicas: [{ ResourcePolicy: { PolicyDocument: policy(20_480 + extra) } }] }),
    /20481 bytes/,
  ],
  [
    "a role's policies together",
    (extra) =>
      of(
        'AWS::IAM::Role',
        { Policies: [{ PolicyDocument: policy(5_000) }] },
        {
          Two: {
            Type: 'AWS::IAM::Policy',
            Properties: { Roles: [{ Ref: 'One' }], PolicyDocument: policy(5_240 + extra) },
          },
          Three: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Other' }], PolicyDocument: policy(9_000) } },
        },
      ),
    /10241 char/,
  ],
  [
    'those that a role gets one at a time',
    (extra) =>
      of(
        'AWS::IAM::Role',
        {},
        {
          Two: {
            Type: 'AWS::IAM::RolePolicy',
            Properties: { RoleName: { Ref: 'One' }, PolicyDocument: policy(10_240 + extra) },
          },
        },
      ),
    /10241 char/,
  ],
  ["a trail's values", (extra) => of('AWS::CloudTrail::Trail', values(500 + extra)), /501 values/],
  [
    "a function's variables",
    (extra) => of('AWS::Lambda::Function', { Environment: { Variables: policy(4_096 + extra) } }),
    /4097 bytes/,
  ],
  ['the outputs of a template', (extra) => ({ Outputs: many(200 + extra) }), /201 outputs/],
  ['the parameters of a template', (extra) => ({ Parameters: many(200 + extra) }), /201 parameters/],
  ['the resources of a template', (extra) => ({ Resources: many(500 + extra) }), /501 resources/],
  [
    'a template',
    (extra) => ({ Description: 'x'.repeat(1_000_000 - '{"Description":""}'.length + extra) }),
    /1000001 bytes/,
  ],
])('%s may reach the limit, and not exceed it', (_, template, problem) => {
  expect(exceededIn(template(0))).toEqual([]);
  const [found, ...others] = exceededIn(template(1));
  expect(others).toEqual([]);
  expect(`${found?.logicalId}: ${found?.description}`).toMatch(problem);
  expect(found?.description).toContain('https://docs.aws.amazon.com/');
});

test('what only the deployment knows counts as nothing, and what is known of it counts', () => {
  const joined = {
    'Fn::Join': ['', ['x'.repeat(most - 24), { 'Fn::GetAtt': ['Role', 'Arn'] }, { Ref: 'AWS::AccountId' }]],
  };
  expect(exceededIn(of('AWS::KMS::Key', { KeyPolicy: { Sid: joined } }))).toEqual([]);
  const more = { 'Fn::Join': ['', ['x'.repeat(most - 20), { Ref: 'AWS::AccountId' }]] };
  expect(exceededIn(of('AWS::KMS::Key', { KeyPolicy: { Sid: more } }))).toHaveLength(1);
});

test('the file of a template counts with its white space', () => {
  const template = { Description: 'x'.repeat(1_000_000 - '{\n "Description": ""\n}'.length) };
  expect(exceeded(JSON.stringify(template, null, 1))).toEqual([]);
  expect(exceeded(`${JSON.stringify(template, null, 1)}\n`)).toMatchObject([{ limit: 'template' }]);
});

test('what the deployment may leave out counts as nothing', () => {
  const optional = [{ Ref: 'AWS::NoValue' }, { 'Fn::If': ['Condition', 'a', { Ref: 'AWS::NoValue' }] }];
  const Statement = optional.flatMap((one) => [one, { Sid: one }, { [`Sid${'x'.repeat(20)}`]: one }]);
  const least = { Sid: '', Statement: [{}, {}, {}, {}] };
  const Sid = 'x'.repeat(most - JSON.stringify(least).length);
  expect(exceededIn(of('AWS::KMS::Key', { KeyPolicy: { Sid, Statement } }))).toEqual([]);
  expect(exceededIn(of('AWS::KMS::Key', { KeyPolicy: { Sid: `${Sid}x`, Statement } }))).toHaveLength(1);
});

test.each([
  ['bytes', 'AWS::S3::BucketPolicy', 1],
  ['characters', 'AWS::EC2::VPCEndpoint', 0],
])('a limit of %s counts them', (_, type, found) => {
  const PolicyDocument = { Sid: 'ü'.repeat(20_480 - '{"Sid":""}'.length) };
  expect(exceededIn(of(type, { PolicyDocument }))).toHaveLength(found);
});

describe('what only the deployment knows, or CloudFormation refuses, exceeds nothing', () => {
  const IF = { 'Fn::If': ['Condition', [], { Ref: 'AWS::NoValue' }] };
  const PROPERTIES = {
    'AWS::KMS::Key': ['KeyPolicy'],
    'AWS::IAM::Role': ['Policies'],
    'AWS::IAM::Policy': ['Roles', 'PolicyDocument'],
    'AWS::IAM::RolePolicy': ['RoleName', 'PolicyDocument'],
    'AWS::Lambda::Function': ['Environment'],
    'AWS::CloudTrail::Trail': ['AdvancedEventSelectors'],
    'AWS::DynamoDB::GlobalTable': ['Replicas'],
  };
  const SHAPES = [
    IF,
    [IF],
    [[IF]],
    null,
    [null],
    'text',
    1,
    {},
    [{}],
    { Ref: 'One' },
    { 'Fn::Join': null },
    { 'Fn::Join': ['', IF] },
  ];
  const INNER = ['FieldSelectors', 'PolicyDocument', 'ResourcePolicy', 'Variables'].flatMap((name) =>
    SHAPES.flatMap((shape) => [{ [name]: shape }, [{ [name]: shape }]]),
  );
  const role = { One: { Type: 'AWS::IAM::Role' } };

  test.each(Object.entries(PROPERTIES))('%s', (Type, names) => {
    for (const name of names)
      for (const shape of [...SHAPES, ...INNER])
        expect(exceededIn({ Resources: { Two: { Type, Properties: { [name]: shape } }, ...role } })).toEqual([]);
    for (const Properties of SHAPES)
      expect(exceededIn({ Resources: { Two: { Type, Properties }, ...role } })).toEqual([]);
    expect(exceededIn({ Resources: { Two: { Type }, ...role } })).toEqual([]);
  });

  test.each(SHAPES.map((shape) => [JSON.stringify(shape), shape]))('a section %s', (_, shape) => {
    expect(exceededIn({ Resources: shape, Outputs: shape, Parameters: shape })).toEqual([]);
    expect(exceededIn({ Resources: { 'Fn::ForEach::Loop': shape } })).toEqual([]);
  });
});
