import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';

const found = (TemplateURL: unknown, nestedTemplates = new Set(['abc.json'])) =>
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
    .map(({ level, path }) => `${level} ${path}`);

test('a template checked along with this one passes', () => {
  const url =
    'https://s3.${AWS::Region}.${AWS::URLSuffix}/cdk-hnb659fds-assets-${AWS::AccountId}-eu-central-1/abc.json';
  expect(found({ 'Fn::Sub': url })).toEqual([]);
});

test.each([
  ['a template elsewhere', 'https://s3.eu-central-1.amazonaws.com/other/def.json'],
  ['one known only at deployment', { Ref: 'Nobody' }],
  ['none', undefined],
])('%s is reported', (_, url) => {
  expect(found(url)).toEqual(['unresolved /Properties/TemplateURL']);
});

test("the template's metadata has no effect", () => {
  expect(found('https://s3.eu-central-1.amazonaws.com/bucket/abc.json', new Set())).toEqual([
    'unresolved /Properties/TemplateURL',
  ]);
});
