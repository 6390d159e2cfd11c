import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';

const paths = (template: Record<string, unknown>) =>
  checkTemplate(template, { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' }).findings.map(
    ({ rule, level, path }) => `${level} ${rule} ${path}`,
  );

test.each([
  ['a template without macros', {}],
  ['the SAM transform', { Transform: 'AWS::Serverless-2016-10-31' }],
  [
    'the language extensions, alone or with SAM',
    { Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'] },
  ],
])('%s passes', (_, sections) => {
  expect(paths({ ...sections, Resources: { A: { Type: 'AWS::SQS::Queue' } } })).toEqual([]);
});

test.each([
  ['a macro for the whole template', { Transform: 'Ours' }, '/Transform'],
  ['a list of macros', { Transform: ['A', 'B'] }, '/Transform'],
  ['a macro next to a known transform', { Transform: ['AWS::Serverless-2016-10-31', 'B'] }, '/Transform'],
  ['an include', { Transform: { Name: 'AWS::Include', Parameters: { Location: 's3://b/k.yaml' } } }, '/Transform'],
  ['an AWS transform that creates other stacks', { Transform: 'AWS::SecretsManager-2024-09-16' }, '/Transform'],
  ['an unknown SAM version', { Transform: 'AWS::Serverless-2030-01-01' }, '/Transform'],
  ["a transform that isn't a name", { Transform: { Ref: 'Which' } }, '/Transform'],
  [
    'a macro in a property',
    { Resources: { A: { Properties: { P: { 'Fn::Transform': { Name: 'M' } } } } } },
    '/Resources/A/Properties/P/Fn::Transform',
  ],
  [
    'an include in a property of a SAM template',
    {
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        A: {
          Type: 'AWS::Serverless::HttpApi',
          Properties: {
            DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'a.yaml' } } },
          },
        },
      },
    },
    '/Resources/A/Properties/DefinitionBody/Fn::Transform',
  ],
  ['a loop over resources', { Resources: { 'Fn::ForEach::B': ['X', ['1'], {}] } }, '/Resources/Fn::ForEach::B'],
])('%s is reported', (_, template, path) => {
  expect(paths(template)).toContain(`unresolved template-transform ${path}`);
});

test('a macro that only writes code is informational', () => {
  const macro = { 'Fn::Transform': { Name: '!Rain::Embed', Parameters: { Value: 'handler.py' } } };
  const F = (Properties: unknown) => ({ Resources: { F: { Type: 'AWS::Lambda::Function', Properties } } });
  expect(paths(F({ Code: { ZipFile: macro } }))).toContain(
    'info template-transform /Resources/F/Properties/Code/ZipFile/Fn::Transform',
  );
  expect(paths(F({ Environment: macro }))).toContain(
    'unresolved template-transform /Resources/F/Properties/Environment/Fn::Transform',
  );
  expect(paths(F(macro))).toContain('unresolved template-transform /Resources/F/Properties/Fn::Transform');
});

test("a macro's name is reported", () => {
  const { findings } = checkTemplate(
    { Resources: { 'Fn::Transform': { Name: 'Ours' } } },
    { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' },
  );
  expect(findings[0]?.message).toContain("the macro 'Ours' rewrites part of the template");
});
