import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';

const levels = (TemplateURL: unknown, nestedTemplates = new Set(['abc.json'])) =>
  checkTemplate(
    {
      Resources: {
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL },
          Metadata: { 'aws:asset:path': 'abc.json' },
        },
      },
    },
    { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-central-1', nestedTemplates },
  )
    .findings.filter((finding) => finding.rule === 'nested-template')
    .map((finding) => finding.level);

test('passes a template that is checked beside this one', () => {
  const url =
    'https://s3.${AWS::Region}.${AWS::URLSuffix}/cdk-hnb659fds-assets-${AWS::AccountId}-eu-central-1/abc.json';
  expect(levels({ 'Fn::Sub': url })).toEqual([]);
});

test.each([
  ['a template elsewhere', 'https://s3.eu-central-1.amazonaws.com/other/def.json'],
  ['one given at deploy', { Ref: 'Nobody' }],
  ['none', undefined],
])('finds %s', (_, url) => {
  expect(levels(url)).toEqual(['unresolved']);
});

test('what the metadata says of the template counts for nothing', () => {
  expect(levels('https://s3.eu-central-1.amazonaws.com/bucket/abc.json', new Set())).toEqual(['unresolved']);
});
