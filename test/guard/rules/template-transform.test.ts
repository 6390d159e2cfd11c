import { ResidencyBoundary } from '../../../lib/boundary/boundary';
import { checkTemplate } from '../../../lib/guard/check-template';

const paths = (template: Record<string, unknown>) =>
  checkTemplate(template, { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' }).findings.map(
    ({ rule, level, path }) => `${level} ${rule} ${path}`,
  );

test('passes a template without macros', () => {
  expect(paths({ Resources: { A: { Type: 'AWS::SQS::Queue' } } })).toEqual([]);
});

test.each([
  ['a macro for the whole template', { Transform: 'AWS::Serverless-2016-10-31' }, '/Transform'],
  ['a list of macros', { Transform: ['A', 'B'] }, '/Transform'],
  [
    'a macro in a property',
    { Resources: { A: { Properties: { P: { 'Fn::Transform': { Name: 'M' } } } } } },
    '/Resources/A/Properties/P/Fn::Transform',
  ],
  ['a loop over resources', { Resources: { 'Fn::ForEach::B': ['X', ['1'], {}] } }, '/Resources/Fn::ForEach::B'],
])('finds %s', (_, template, path) => {
  expect(paths(template)).toContain(`unresolved template-transform ${path}`);
});
