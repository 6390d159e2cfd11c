import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { DeclaredPlaces } from '@/lib/guard/rule/declared-places';

const levels = (type: string, country?: string) =>
  checkTemplate(
    { Resources: { R: { Type: type } } },
    {
      boundary: ResidencyBoundary.eu(),
      stack: 's',
      deployRegion: 'eu-west-1',
      places: country ? new DeclaredPlaces([{ type, country, reason: 'contract' }]) : undefined,
    },
  )
    .findings.filter((finding) => finding.rule === 'unknown-type')
    .map((finding) => finding.level);

test.each(['AWS::S3::Bucket', 'AWS::CDK::Metadata', 'AWS::Lambda::WebFunction', 'AWS::Serverless::Function'])(
  '%s passes',
  (type) => {
    expect(levels(type)).toEqual([]);
  },
);

test.each([
  ['a type that AWS may add later', 'AWS::S3::Teleporter'],
  ['another spelling', 'aws::s3::bucket'],
  ['a third-party type', 'Datadog::Monitors::Monitor'],
  ['a module', 'Acme::Net::Vpc::MODULE'],
  ['nothing', ''],
])('%s is reported', (_, type) => {
  expect(levels(type)).toEqual(['unresolved']);
});

test.each([
  ['with another spelling of the key', { type: 'AWS::S3::Bucket', Properties: {} }, 'type, Properties'],
  ['with a number', { Type: 5 }, '5'],
  ['with a function', { Type: { Ref: 'P' } }, '{"Ref":"P"}'],
  ['that is empty', {}, 'nothing'],
  ['that is a text', 'AWS::S3::Bucket', 'nothing'],
  ['that is a list', [{ Type: 'AWS::S3::Bucket' }], 'nothing'],
  ['without a value', null, 'nothing'],
])('a resource %s is reported, because nothing checks it', (_, resource, found) => {
  const context = { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' };
  const { findings } = checkTemplate({ Resources: { R: resource } }, context);
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'unknown-type',
      level: 'unresolved',
      message: expect.stringContaining(`the resource has no text as its 'Type', found ${found}`),
    }),
  ]);
});

test.each([
  ['a macro among the resources', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['a macro instead of a resource', { R: { 'Fn::Transform': { Name: 'AWS::Include' } } }],
  ['a loop', { 'Fn::ForEach::L': ['X', { Ref: 'P' }, { '${X}': { Type: 'AWS::S3::Bucket' } }] }],
])('%s is left to its own rule', (_, Resources) => {
  const context = { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' };
  const { findings } = checkTemplate({ Resources }, context);
  expect(findings.map(({ rule }) => rule)).toEqual(['template-transform']);
});

test('a resource without a type that is never created is none', () => {
  const context = { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' };
  const template = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: { R: { Condition: 'Never' } } };
  expect(checkTemplate(template, context).findings).toEqual([]);
});

test('custom resources are left to their own rule', () => {
  expect(levels('Custom::Anything')).toEqual([]);
});

test.each([
  ['inside', 'DE', []],
  ['outside', 'US', ['block']],
])('a third-party type declared %s', (_, country, expected) => {
  expect(levels('Datadog::Monitors::Monitor', country)).toEqual(expected);
});
