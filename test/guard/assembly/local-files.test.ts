import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readInputs } from '@/lib/guard/assembly/read-inputs';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { folder } from '@/test/cli/support';

const SAM = 'AWS::Serverless-2016-10-31';

/** The blocking and unresolved findings of `template.yaml` with these local files. */
function check(files: Readonly<Record<string, unknown>>) {
  const root = folder(files);
  const { templates, unreadable } = readInputs([path.join(root, 'app/template.yaml')]);
  const { findings } = checkInputs(
    { templates, unreadable },
    { boundary: ResidencyBoundary.eu(), deployRegions: ['eu-central-1'] },
  );
  return {
    files: templates.map(({ file }) => path.relative(root, file)),
    unreadable: unreadable.map(({ file }) => path.relative(root, file)),
    found: findings.flatMap(({ level, rule, value, path: pointer }) =>
      level === 'info' ? [] : [`${level} ${rule} ${value ?? pointer}`],
    ),
  };
}

const resource = (Type: string, Properties: object) => ({ Transform: SAM, Resources: { A: { Type, Properties } } });
const api = (uri: string) => ({
  openapi: '3.0.1',
  paths: { '/x': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri } } } },
});
const machine = (ApiEndpoint: string) => ({
  StartAt: 'A',
  States: { A: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters: { ApiEndpoint } } },
});
const REGIONAL = { EndpointConfiguration: { Types: ['REGIONAL'] } };

describe.each<[string, object, (host: string) => object]>([
  ['AWS::Serverless::HttpApi', { DefinitionUri: './definition.json' }, api],
  ['AWS::Serverless::Api', { DefinitionUri: 'definition.json', EndpointConfiguration: { Type: 'REGIONAL' } }, api],
  ['AWS::ApiGateway::RestApi', { BodyS3Location: 'definition.json', ...REGIONAL }, api],
  ['AWS::ApiGatewayV2::Api', { BodyS3Location: '../app/definition.json' }, api],
  ['AWS::Serverless::StateMachine', { DefinitionUri: 'definition.json' }, machine],
  ['AWS::StepFunctions::StateMachine', { DefinitionS3Location: 'definition.json' }, machine],
])('the definition of %s in a file', (type, properties, definition) => {
  const template = resource(type, properties);

  test('is checked', () => {
    const inside = check({
      'app/template.yaml': template,
      'app/definition.json': definition('https://10.0.0.1/x'),
    });
    expect(inside.found).toEqual([]);
    const outside = check({
      'app/template.yaml': template,
      'app/definition.json': definition('https://api.example.org/x'),
    });
    expect(outside.found).toEqual([expect.stringMatching(/^unresolved .* api\.example\.org$/)]);
  });

  test('is unresolved if the file is missing', () => {
    expect(check({ 'app/template.yaml': template }).found).toEqual([expect.stringMatching(/^unresolved /)]);
  });

  test("is listed as unreadable if it can't be read", () => {
    const { unreadable, found } = check({ 'app/template.yaml': template, 'app/definition.json': 'a: [' });
    expect(unreadable).toEqual(['app/definition.json']);
    expect(found).toHaveLength(1);
  });
});

test('a state machine in a file is checked with its substitutions', () => {
  const template = resource('AWS::Serverless::StateMachine', {
    DefinitionUri: 'machine.asl.yaml',
    DefinitionSubstitutions: { Host: 'https://api.example.org' },
  });
  const files = { 'app/template.yaml': template, 'app/machine.asl.yaml': machine('${Host}') };
  expect(check(files).found).toEqual(['unresolved state-machine-endpoint api.example.org']);
});

test('a definition in a bucket is not looked up next to the template', () => {
  const template = resource('AWS::Serverless::HttpApi', { DefinitionUri: 's3://b/definition.json' });
  const { found } = check({ 'app/template.yaml': template, 'app/s3:/b/definition.json': api('https://10.0.0.1') });
  expect(found).toEqual(['unresolved api-definition /Properties/DefinitionUri']);
});

test.each([
  ['https://10.0.0.1/x', []],
  ['https://api.example.org/x', ['unresolved api-definition api.example.org']],
])('content included by AWS::Include is checked: %s', (host, expected) => {
  const DefinitionBody = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: './api.yaml' } } };
  const template = resource('AWS::Serverless::HttpApi', { DefinitionBody });
  expect(check({ 'app/template.yaml': template, 'app/api.yaml': api(host) }).found).toEqual(expected);
});

test('a nested AWS::Include is refused, as CloudFormation refuses it', () => {
  const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: './api.yaml' } } };
  const template = resource('AWS::Serverless::HttpApi', { DefinitionBody: include });
  const { found } = check({ 'app/template.yaml': template, 'app/api.yaml': { a: include } });
  expect(found).toEqual([expect.stringContaining('unresolved template-transform')]);
});

const replica = (Region: unknown, Parameters?: object) => ({
  ...(Parameters && { Parameters }),
  Resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region }] } } },
});

test.each([
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
])('a template file named by %s is checked with its parameters', (type, property) => {
  const nested = (Place: string) =>
    check({
      'app/template.yaml': resource(type, { [property]: './inner/table.yaml', Parameters: { Place } }),
      'app/inner/table.yaml': replica({ Ref: 'Place' }, { Place: { Type: 'String' } }),
    });
  expect(nested('eu-west-1')).toEqual({
    files: ['app/template.yaml', 'app/inner/table.yaml'],
    unreadable: [],
    found: [],
  });
  expect(nested('us-east-1').found).toContain('block place-outside us-east-1');
});

test('of two nested files with the same name, the missing one is unresolved', () => {
  const stack = (TemplateURL: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } });
  const { found } = check({
    'app/template.yaml': { Resources: { A: stack('./a/template.yaml'), B: stack('./b/template.yaml') } },
    'app/a/template.yaml': replica('eu-west-1'),
  });
  expect(found).toEqual(['unresolved nested-template ./b/template.yaml']);
});

test('a template that nests itself is unresolved', () => {
  const stack = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'template.yaml' } };
  const { files, found } = check({ 'app/template.yaml': { Resources: { A: stack } } });
  expect(files).toEqual(['app/template.yaml']);
  expect(found).toEqual([expect.stringMatching(/^unresolved nested-template (?:\.\/other|template)\.yaml$/)]);
});

test('templates that nest one another twice at each level reach a limit', () => {
  const stack = (TemplateURL: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } });
  const level = (n: number) => ({ Resources: { L: stack(`./${n + 1}.yaml`), R: stack(`./${n + 1}.yaml`) } });
  const files = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`app/${n || 'template'}.yaml`, level(n)]));
  const { templates, unreadable } = readInputs([path.join(folder(files), 'app/template.yaml')]);
  expect(templates).toHaveLength(500);
  expect(new Set(unreadable.map(({ error }) => error))).toEqual(new Set(['more than 500 templates nest one another']));
});

test('a template with sections of another tool is one', () => {
  const { unreadable, found } = check({ 'app/template.yaml': { ...replica('us-east-1'), artifacts: {}, kind: 'x' } });
  expect(unreadable).toEqual([]);
  expect(found).toEqual(['block place-outside us-east-1']);
});

test("a nested file that isn't a template is listed as unreadable", () => {
  const { unreadable, found } = check({
    'app/template.yaml': resource('AWS::CloudFormation::Stack', { TemplateURL: './other.yaml' }),
    'app/other.yaml': { kind: 'Pod', apiVersion: 'v1' },
  });
  expect(unreadable).toEqual(['app/other.yaml']);
  expect(found).toEqual([expect.stringMatching(/^unresolved nested-template (?:\.\/other|template)\.yaml$/)]);
});
