import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readAssembly } from '@/lib/guard/assembly/read-assembly';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { folder } from '@/test/cli/support';

const QUEUE = { Resources: { Queue1A2B3C4D: { Type: 'AWS::SQS::Queue', Properties: {} } } };
const LEAK = {
  Resources: {
    Table1A2B3C4D: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } },
  },
};
const stack = (templateFile: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://111122223333/eu-central-1',
  properties: { templateFile },
  ...more,
});
const assets = (name: string) => ({ type: 'cdk:asset-manifest', properties: { file: name } });
const assetFile = (files: Readonly<Record<string, string>>, packaging = 'file') => ({
  version: '13.0.0',
  files: Object.fromEntries(
    Object.entries(files).map(([key, source]) => [
      key,
      { source: { path: source, packaging }, destinations: { d: { bucketName: 'b', objectKey: `${key}.json` } } },
    ]),
  ),
});
const nestedIn = (url: unknown, more: object = {}) => ({
  Resources: { Nested1A2B3C4D: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url }, ...more } },
});
const url = (key: string) => ({
  'Fn::Join': ['', ['https://s3.eu-central-1.', { Ref: 'AWS::URLSuffix' }, `/cdk-assets-1-eu-central-1/${key}.json`]],
});

function check(files: Readonly<Record<string, unknown>>) {
  const root = folder(files);
  const inputs = readAssembly(path.join(root, 'cdk.out'));
  const { findings } = checkInputs(inputs, { boundary: ResidencyBoundary.eu(), deployRegions: [] });
  return {
    stacks: inputs.templates.map(({ stack: name, deployRegion }) => [name, deployRegion]),
    unreadable: inputs.unreadable.map(({ file, error }) => `${path.relative(root, file)}: ${error}`),
    rules: findings.map(({ rule, stack: name }) => `${name} ${rule}`),
    findings,
  };
}

test('an assembly of an early version 2 is read: no display name, metadata in the manifest, debug traces', () => {
  const { stacks, rules, findings } = check({
    'cdk.out/manifest.json': {
      version: '15.0.0',
      artifacts: {
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        Chat: stack('Chat.template.json', {
          metadata: {
            '/Chat/Table/Resource': [
              {
                type: 'aws:cdk:logicalId',
                data: 'Table1A2B3C4D',
                trace: [
                  'new Construct (/app/node_modules/constructs/src/construct.ts:1:1)',
                  `new ChatStack (${process.cwd()}/lib/chat.ts:12:5)`,
                ],
              },
            ],
          },
        }),
        Anywhere: stack('Anywhere.template.json', { environment: 'aws://unknown-account/unknown-region' }),
      },
    },
    'cdk.out/Chat.template.json': LEAK,
    'cdk.out/Anywhere.template.json': QUEUE,
  });
  expect(stacks).toEqual([
    ['Chat', 'eu-central-1'],
    ['Anywhere', undefined],
  ]);
  expect(rules).toEqual(['Chat place-outside', 'Anywhere stack-region']);
  expect(findings[0]).toMatchObject({ constructPath: 'Chat/Table/Resource', source: 'lib/chat.ts:12:5' });
});

test('a current assembly is read: display name, metadata in a separate file', () => {
  const { stacks, findings } = check({
    'cdk.out/manifest.json': {
      version: '55.0.0',
      artifacts: {
        ProdChat: stack('Chat.template.json', {
          displayName: 'Prod/Chat',
          additionalMetadataFile: 'Chat.metadata.json',
        }),
      },
    },
    'cdk.out/Chat.template.json': LEAK,
    'cdk.out/Chat.metadata.json': {
      '/Prod/Chat/Table/Resource': [
        { type: 'aws:cdk:logicalId', data: 'Table1A2B3C4D' },
        {
          type: 'aws:cdk:creationStack',
          data: ['...new Table in aws-cdk-lib...', `new ChatStack (${process.cwd()}/lib/chat.ts:12:5)`],
        },
      ],
    },
  });
  expect(stacks).toEqual([['Prod/Chat', 'eu-central-1']]);
  expect(findings[0]).toMatchObject({ constructPath: 'Prod/Chat/Table/Resource', source: 'lib/chat.ts:12:5' });
});

test('an explicit stack name replaces a missing display name', () => {
  const { stacks } = check({
    'cdk.out/manifest.json': {
      version: '20.0.0',
      artifacts: { A1: { ...stack('A.json'), properties: { templateFile: 'A.json', stackName: 'chat' } } },
    },
    'cdk.out/A.json': QUEUE,
  });
  expect(stacks[0]?.[0]).toBe('chat');
});

test('broken metadata loses the source line, not the finding', () => {
  const { findings } = check({
    'cdk.out/manifest.json': {
      version: '55.0.0',
      artifacts: {
        A: stack('A.json', { additionalMetadataFile: 'none.json', metadata: { '/A/X': 'x', '/A/Y': [null] } }),
      },
    },
    'cdk.out/A.json': LEAK,
  });
  expect(findings[0]?.rule).toBe('place-outside');
});

test('Stages are read as assemblies in their own folders', () => {
  const { stacks } = check({
    'cdk.out/manifest.json': {
      version: '20.0.0',
      artifacts: { 'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } },
    },
    'cdk.out/assembly-Prod/manifest.json': { version: '20.0.0', artifacts: { ProdChat: stack('Chat.json') } },
    'cdk.out/assembly-Prod/Chat.json': QUEUE,
  });
  expect(stacks).toEqual([['ProdChat', 'eu-central-1']]);
});

test('a nested assembly without a folder of its own is unreadable, and its parent is read once', () => {
  const { stacks, unreadable } = check({
    'cdk.out/manifest.json': {
      version: '20.0.0',
      artifacts: {
        Chat: stack('Chat.json'),
        Own: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } },
        None: { type: 'cdk:cloud-assembly', properties: {} },
      },
    },
    'cdk.out/Chat.json': QUEUE,
  });
  expect(stacks).toEqual([['Chat', 'eu-central-1']]);
  expect(unreadable).toEqual(
    ['Own', 'None'].map(
      (name) => `cdk.out/manifest.json: the artifact '${name}' is a nested assembly without a folder of its own`,
    ),
  );
});

test('a manifest that is a folder is named with the code of the error', () => {
  expect(check({ 'cdk.out/manifest.json/a': '' }).unreadable).toEqual([
    "cdk.out/manifest.json: the manifest can't be read (EISDIR)",
  ]);
});

const nested = (template: object, files: object, more: object = {}) =>
  check({
    'cdk.out/manifest.json': {
      version: '20.0.0',
      artifacts: { 'Chat.assets': assets('Chat.assets.json'), Chat: stack('Chat.json', more) },
    },
    'cdk.out/Chat.json': template,
    'cdk.out/Chat.assets.json': files,
    'cdk.out/Inner.nested.template.json': LEAK,
    'cdk.out/Clean.nested.template.json': QUEUE,
  });

test('a nested stack is read from the file uploaded under its key', () => {
  const { stacks, rules } = nested(nestedIn(url('aaa')), assetFile({ aaa: 'Inner.nested.template.json' }));
  expect(stacks).toEqual([
    ['Chat', 'eu-central-1'],
    ['Chat/Nested1A2B3C4D', 'eu-central-1'],
  ]);
  expect(rules).toEqual(['Chat/Nested1A2B3C4D place-outside']);
});

test("a nested stack has its own path and constructs from the manifest, not its parent's", () => {
  const id = (data: string) => [{ type: 'aws:cdk:logicalId', data }];
  const parent = { Resources: { ...nestedIn(url('aaa')).Resources, ...LEAK.Resources } };
  const { rules, findings } = nested(parent, assetFile({ aaa: 'Inner.nested.template.json' }), {
    metadata: {
      '/Chat/Table/Resource': id('Table1A2B3C4D'),
      '/Chat/Inner.NestedStack/Inner.NestedStackResource': id('Nested1A2B3C4D'),
      '/Chat/Inner/Table/Resource': id('Table1A2B3C4D'),
    },
  });
  expect(rules).toEqual(['Chat place-outside', 'Chat/Inner place-outside']);
  expect(findings.map(({ constructPath }) => constructPath)).toEqual([
    'Chat/Table/Resource',
    'Chat/Inner/Table/Resource',
  ]);
});

test("a template's own metadata names no file", () => {
  const { stacks, rules } = nested(
    nestedIn('https://elsewhere.s3.eu-central-1.amazonaws.com/x.json', {
      Metadata: { 'aws:asset:path': 'Clean.nested.template.json', 'aws:cdk:path': 'Chat/Clean' },
    }),
    assetFile({ aaa: 'Clean.nested.template.json' }),
  );
  expect(stacks).toHaveLength(1);
  expect(rules).toEqual(['Chat nested-template']);
});

test.each([
  ['a key that is not uploaded', nestedIn(url('bbb')), assetFile({ aaa: 'Clean.nested.template.json' })],
  ['a zip', nestedIn(url('aaa')), assetFile({ aaa: 'Clean.nested.template.json' }, 'zip')],
  ['a parameter', nestedIn({ Ref: 'Where' }), assetFile({ aaa: 'Clean.nested.template.json' })],
  ['a broken manifest of assets', nestedIn(url('aaa')), '{'],
  ['an empty manifest of assets', nestedIn(url('aaa')), {}],
])('a nested stack under %s is refused', (_, template, files) => {
  const { stacks, rules } = nested(template, files as object);
  expect(stacks).toHaveLength(1);
  expect(rules).toContain('Chat nested-template');
});

test('a nested stack whose file is missing is unreadable and refused', () => {
  const { unreadable, rules } = nested(nestedIn(url('aaa')), assetFile({ aaa: 'gone.json' }));
  expect(unreadable).toEqual(['cdk.out/gone.json: there is no such file or folder']);
  expect(rules).toEqual(['Chat nested-template']);
});

test('a cycle of nested stacks ends', () => {
  const { unreadable } = check({
    'cdk.out/manifest.json': {
      version: '20.0.0',
      artifacts: { 'Chat.assets': assets('Chat.assets.json'), Chat: stack('Chat.json') },
    },
    'cdk.out/Chat.json': nestedIn(url('aaa')),
    'cdk.out/Chat.assets.json': assetFile({ aaa: 'A.json', bbb: 'B.json' }),
    'cdk.out/A.json': nestedIn(url('bbb')),
    'cdk.out/B.json': nestedIn(url('aaa')),
  });
  expect(unreadable).toEqual(['cdk.out/A.json: its nested stacks form a cycle: it is nested in itself']);
});

test('a chain of nested stacks reaches a limit', () => {
  const nestedAt = (levels: number) => {
    const templates = Array.from({ length: levels }, (_, n) => [`cdk.out/${n}.json`, nestedIn(url(`k${n + 1}`))]);
    return check({
      'cdk.out/manifest.json': {
        version: '20.0.0',
        artifacts: { 'C.assets': assets('C.assets.json'), C: stack('0.json') },
      },
      'cdk.out/C.assets.json': assetFile(
        Object.fromEntries(Array.from({ length: levels + 1 }, (_, n) => [`k${n}`, `${n}.json`])),
      ),
      ...Object.fromEntries(templates),
      [`cdk.out/${levels}.json`]: { Resources: {} },
    }).unreadable;
  };
  expect(nestedAt(99)).toEqual([]);
  expect(nestedAt(100)).toEqual(['cdk.out/100.json: more than 100 stacks nest one another']);
  expect(nestedAt(4_900)).toEqual(['cdk.out/100.json: more than 100 stacks nest one another']);
});

test('nested stacks that double at each level reach a limit', () => {
  const twice = (key: string) => ({
    Resources: {
      L: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url(key) } },
      R: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url(key) } },
    },
  });
  const levels = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`cdk.out/${n}.json`, twice(`k${n + 1}`)]));
  const root = folder({
    'cdk.out/manifest.json': {
      version: '20.0.0',
      artifacts: { 'C.assets': assets('C.assets.json'), C: stack('0.json') },
    },
    'cdk.out/C.assets.json': assetFile(
      Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`k${n}`, `${n}.json`])),
    ),
    ...levels,
  });
  const { templates, unreadable } = readAssembly(path.join(root, 'cdk.out'));
  expect(templates.length).toBeLessThanOrEqual(5000);
  expect(unreadable.map(({ error }) => error)).toEqual(['the assembly nests more than 5000 templates']);
});
