import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';

const check = (deployRegion: string | undefined, boundary = ResidencyBoundary.eu()) =>
  checkTemplate({ Resources: {} }, { boundary, stack: 's', deployRegion }).findings.map(({ rule, level, value }) => ({
    rule,
    level,
    value,
  }));

test.each(['eu-central-1', 'eusc-de-east-1'])('%s passes', (region) => {
  expect(check(region)).toEqual([]);
});

test.each(['us-east-1', 'eu-west-2', 'eu-central-2', 'eu-isoe-west-1', 'eu-central-9', ''])(
  "'%s' is reported",
  (region) => {
    expect(check(region)).toEqual([{ rule: 'stack-region', level: 'block', value: region }]);
  },
);

test('a stack without a Region is unresolved, and the fix names the option of the command', () => {
  expect(check(undefined)).toEqual([{ rule: 'stack-region', level: 'unresolved', value: undefined }]);
  const { findings } = checkTemplate({ Resources: {} }, { boundary: ResidencyBoundary.eu(), stack: 's' });
  expect(findings[0]?.fix).toContain("in 'eu-residency check', add --region, such as --region eu-central-1.");
});

test('Paris is outside a boundary of Germany', () => {
  expect(check('eu-west-3', ResidencyBoundary.countries('DE'))).toHaveLength(1);
});

test('the finding lists the types that an exception may permit, and no other finding does', () => {
  const Resources = Object.fromEntries(
    [
      'AWS::SQS::Queue',
      'Custom::A',
      'AWS::CloudFormation::CustomResource',
      'AWS::KMS::Key',
      'AWS::SQS::Queue',
      'AWS::Made::Up',
    ].map((Type, index) => [`R${index}`, { Type, Properties: {} }]),
  );
  const { findings } = checkTemplate(
    { Resources },
    { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'us-east-1' },
  );
  expect(findings.map(({ rule, types }) => [rule, types])).toContainEqual([
    'stack-region',
    ['AWS::KMS::Key', 'AWS::Made::Up', 'AWS::SQS::Queue'],
  ]);
  const others = findings.filter(({ rule }) => rule !== 'stack-region');
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter(({ types }) => types !== undefined)).toEqual([]);
});
