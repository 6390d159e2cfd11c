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

test('custom resources are left to their own rule', () => {
  expect(levels('Custom::Anything')).toEqual([]);
});

test.each([
  ['inside', 'DE', []],
  ['outside', 'US', ['block']],
])('a third-party type declared %s', (_, country, expected) => {
  expect(levels('Datadog::Monitors::Monitor', country)).toEqual(expected);
});
