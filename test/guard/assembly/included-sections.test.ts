import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readInputs } from '@/lib/guard/assembly/read-inputs';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { folder } from '@/test/cli/support';

const include = (Location: unknown) => ({ Name: 'AWS::Include', Parameters: { Location } });
const LOCAL = include('./part.yaml');
const SAM = 'AWS::Serverless-2016-10-31';
const topic = { Type: 'AWS::SNS::Topic' };
const table = (Region: unknown) => ({ Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region }] } });
const MAPPED = { 'Fn::FindInMap': ['Places', 'far', 'Region'] };

/** The findings, without informational ones, of a template whose local file `part.yaml` it includes. */
function found(template: object, part: object | undefined): string[] {
  const root = folder({ 'template.yaml': template, ...(part && { 'part.yaml': part }) });
  const { templates, unreadable } = readInputs([path.join(root, 'template.yaml')]);
  const { findings } = checkInputs(
    { templates, unreadable },
    { boundary: ResidencyBoundary.eu(), deployRegions: ['eu-central-1'] },
  );
  return findings.flatMap(({ level, rule, value }) => (level === 'info' ? [] : [`${level} ${rule} ${value ?? ''}`]));
}

const OUTSIDE = ['block place-outside us-east-1'];
const inTransform = { Transform: LOCAL };
const inResources = { Resources: { A: topic, 'Fn::Transform': LOCAL } };

test.each<[string, object, object]>([
  ['a section', inTransform, { Resources: { T: table('us-east-1') } }],
  ['a section, in a list', { Transform: [LOCAL] }, { Resources: { T: table('us-east-1') } }],
  ['a section, next to SAM', { Transform: [SAM, LOCAL] }, { Resources: { T: table('us-east-1') } }],
  ['a section, before SAM', { Transform: [LOCAL, SAM] }, { Resources: { T: table('us-east-1') } }],
  ['a resource', inResources, { T: table('us-east-1') }],
  ['a resource alone', { Resources: { 'Fn::Transform': LOCAL } }, { T: table('us-east-1') }],
  [
    'a property',
    { Resources: { T: { ...table(''), Properties: { 'Fn::Transform': LOCAL } } } },
    table('us-east-1').Properties,
  ],
  [
    'a mapping',
    { Mappings: { 'Fn::Transform': LOCAL }, Resources: { T: table(MAPPED) } },
    { Places: { far: { Region: 'us-east-1' } } },
  ],
  [
    'a section of mappings',
    { ...inTransform, Resources: { T: table(MAPPED) } },
    { Mappings: { Places: { far: { Region: 'us-east-1' } } } },
  ],
  [
    'a row of a mapping',
    { Mappings: { Places: { 'Fn::Transform': LOCAL } }, Resources: { T: table(MAPPED) } },
    { far: { Region: 'us-east-1' } },
  ],
  [
    'the default of a parameter',
    { Parameters: { 'Fn::Transform': LOCAL }, Resources: { T: table({ Ref: 'P' }) } },
    { P: { Type: 'String', Default: 'us-east-1' } },
  ],
  [
    'everything',
    inTransform,
    { Parameters: { P: { Type: 'String', Default: 'us-east-1' } }, Resources: { T: table({ Ref: 'P' }) } },
  ],
])('a Region outside in an included file is found: %s', (_, template, part) => {
  expect(found(template, part)).toEqual(OUTSIDE);
});

test.each<[string, object, object]>([
  ['a section', inTransform, { Resources: { T: table('eu-west-1') } }],
  ['a section, next to SAM', { Transform: [SAM, LOCAL] }, { Resources: { T: table('eu-west-1') } }],
  ['a resource', inResources, { T: table('eu-west-1') }],
  [
    'a mapping',
    { Mappings: { 'Fn::Transform': LOCAL }, Resources: { A: topic } },
    { Places: { far: { Region: 'eu-west-1' } } },
  ],
  ['outputs only', { ...inTransform, Resources: { A: topic } }, { Outputs: { O: { Value: 'x' } } }],
])('an included file without a place outside raises no alarm: %s', (_, template, part) => {
  expect(found(template, part)).toEqual([]);
});

test.each<[string, object, object | undefined]>([
  ['it is missing', { ...inTransform, Resources: { A: topic } }, undefined],
  ['it is in a bucket', { Transform: include('s3://b/part.yaml'), Resources: { A: topic } }, { Resources: {} }],
  ['it would replace a section', { ...inTransform, Resources: { A: topic } }, { Resources: { B: topic } }],
  ['another macro runs too', { Transform: [LOCAL, 'Own'], Resources: { A: topic } }, { Outputs: {} }],
])('an included file that is not all of what is deployed is unresolved: %s', (_, template, part) => {
  expect(found(template, part)).toEqual([expect.stringContaining('unresolved template-transform')]);
});
