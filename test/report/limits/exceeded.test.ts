import { AWS_LIMITS } from '@/lib/facts/aws-limits';
import { exceeded } from '@/lib/report/limits/exceeded';

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
  expect(exceeded(template(0))).toEqual([]);
  const [found, ...others] = exceeded(template(1));
  expect(others).toEqual([]);
  expect(`${found?.logicalId}: ${found?.description}`).toMatch(problem);
  expect(found?.description).toContain('https://docs.aws.amazon.com/');
  expect(found?.fix).toMatch(/residency\.yaml/);
});

test('what only the deployment knows counts as nothing, and what is known of it counts', () => {
  const joined = {
    'Fn::Join': ['', ['x'.repeat(most - 24), { 'Fn::GetAtt': ['Role', 'Arn'] }, { Ref: 'AWS::AccountId' }]],
  };
  expect(exceeded(of('AWS::KMS::Key', { KeyPolicy: { Sid: joined } }))).toEqual([]);
  const more = { 'Fn::Join': ['', ['x'.repeat(most - 20), { Ref: 'AWS::AccountId' }]] };
  expect(exceeded(of('AWS::KMS::Key', { KeyPolicy: { Sid: more } }))).toHaveLength(1);
});
