import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { CLEAN, checkIn, folder, LEAK } from './support';

const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`).join('\n')}\nResources: *a30\n`;

const root = folder({
  'empty.yaml': '',
  'blank.yaml': ' \n\n',
  'binary.json': Buffer.from([0x7b, 0, 1, 2, 0xff]),
  'utf16.json': Buffer.from('\ufeff{"Resources":{}}', 'utf16le'),
  'huge.json': Buffer.alloc(33 * 1024 * 1024, ' '),
  'bomb.yaml': bomb,
  'deep.json': `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  'deep.yaml': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  'broken.json': '{ "Resources": ',
  'broken.yaml': 'Resources: [\n  a',
  'list.yaml': '- a\n',
  'text.yaml': 'hello',
  'other.yaml': 'services: { web: { image: nginx } }\n',
  'resources-list.yaml': 'Resources: [a]\n',
  'plan.json': { format_version: '1.2', terraform_version: '1.9', planned_values: {}, resource_changes: [] },
  'new-plan.json': { format_version: '2.0', planned_values: {}, configuration: {} },
  'deferred-plan.json': { format_version: '1.2', planned_values: {}, configuration: {}, deferred_changes: [{}] },
  'failed-plan.json': { format_version: '1.2', planned_values: {}, configuration: {}, errored: true },
  'deferred-action.json': {
    format_version: '1.2',
    planned_values: {},
    configuration: {},
    deferred_action_invocations: [{}],
  },
  'unplanned.json': {
    format_version: '1.2',
    planned_values: {},
    configuration: {},
    resource_changes: [{ address: 'aws_sqs_queue.q', mode: 'managed', change: { actions: ['create'] } }],
  },
  'long-plan.json': ' {"format_version":"1.2"}',
  'cut-plan.json': '{"format_version":"1.2","planned_values":{"root_module":{',
  'plan.tfplan': Buffer.from('PK\u0003\u0004\u0000\u0000'),
  'short-plan.out': 'Terraform will perform the following actions:\n',
  'plan.out':
    'Terraform used the selected providers to generate the following execution\nplan.\n\n  # aws_sqs_queue.q will be created\n  + resource "aws_sqs_queue" "q" {\n',
  'plan.log':
    '{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version"}\n{"@level":"info"}\n',
  'quoted-log.yaml': 'Resources: [{"@module":"terraform.ui"}',
  'pulumi.json': { config: {}, steps: [] },
  'terraform.tfstate': { version: 4, terraform_version: '1.9', lineage: 'x', resources: [] },
  'old.tfstate': { version: 3, lineage: 'x', modules: [] },
  'shown-state.json': { format_version: '1.0', terraform_version: '1.9' },
  'pod.yaml': 'apiVersion: v1\nkind: Pod\n',
  'cdk.out/manifest.json': { version: '36.0.0', artifacts: {} },
  'plain/readme.txt': 'x',
  'withheld/manifest.json.withheld': {},
  'broken/manifest.json': '{',
  'notmanifest/manifest.json': { name: 'Web app' },
  'listed/manifest.json': { version: '36.0.0', artifacts: [] },
  'missing/manifest.json': {
    version: '36.0.0',
    artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'A.template.json' } } },
  },
  'nofile/manifest.json': { version: '36.0.0', artifacts: { A: { type: 'aws:cloudformation:stack' } } },
  'self/manifest.json': {
    version: '36.0.0',
    artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } },
  },
  'clean.json': CLEAN,
  'leak.json': LEAK,
});
symlinkSync('loop', path.join(root, 'loop'));
truncateSync(path.join(root, 'long-plan.json'), 257 * 1024 * 1024);

// biome-ignore format: one row a line
test.each<[string, string | RegExp]>([
  ['empty.yaml', 'it is empty'],
  ['blank.yaml', 'it is empty'],
  ['binary.json', "it is a binary file or isn't UTF-8, so it isn't a template; save it as UTF-8"],
  ['utf16.json', "it is a binary file or isn't UTF-8, so it isn't a template; save it as UTF-8"],
  ['huge.json', "it has 33 MB, and CloudFormation accepts at most 1 MB, so it isn't a template"],
  ['bomb.yaml', /not readable as YAML: Excessive alias count/],
  ['deep.json', /nested more than 200 levels deep/],
  ['deep.yaml', /nested|deep|not readable/],
  ['broken.json', /not readable as YAML/],
  ['broken.yaml', /not readable as YAML/],
  ['list.yaml', 'a template is a mapping with `Resources`, found something else'],
  ['text.yaml', 'a template is a mapping with `Resources`, found something else'],
  ['other.yaml', "it has no 'Resources', so it isn't a CloudFormation template"],
  ['resources-list.yaml', "it has no 'Resources', so it isn't a CloudFormation template"],
  ['plan.json', /^it is part of a plan: it has no 'planned_values' or no 'configuration'; write all/],
  ['new-plan.json', /^it is a plan whose 'format_version' isn't 1\.x, which the guard doesn't know; update/],
  ['deferred-plan.json', /^it defers changes to a later plan, so it lacks resources; plan without/],
  ['deferred-action.json', /^it defers changes to a later plan/],
  ['unplanned.json', /^it is part of a plan: 'planned_values' lacks 1 of the resources in 'resource_changes'; write/],
  ['failed-plan.json', /^it is the plan of a run that failed, so resources may be missing; fix the error/],
  ['long-plan.json', /^the plan has 257 MB, and the guard reads at most 256 MB; divide the configuration/],
  ['cut-plan.json', /^it is a plan that ends too early or isn't valid JSON; write it with `terraform plan -out/],
  ['plan.tfplan', /^it is an archive; if it is a plan that `terraform plan -out` wrote, convert it/],
  ['plan.out', /^it is the text that `terraform plan` prints for people; write it with/],
  ['short-plan.out', /^it is the text that `terraform plan` prints for people; write it with/],
  ['plan.log', /^it is the log of `terraform plan -json`, which doesn't contain the plan; write it/],
  ['quoted-log.yaml', /^not readable as YAML/],
  ['pulumi.json', /^this is a preview of Pulumi, which isn't supported; check the templates/],
  ['terraform.tfstate', /^this is a state of Terraform, which doesn't show what will change; write it with/],
  ['old.tfstate', /^this is a state of Terraform/],
  ['shown-state.json', /^this is a state of Terraform/],
  ['pod.yaml', /^this is a Kubernetes manifest/],
  ['cdk.out/manifest.json', /^this is the manifest of a cloud assembly \(specify its folder instead\)/],
  ['nowhere.yaml', 'there is no such file or folder'],
  ['clean.json/x', 'its path treats a file as a folder'],
  ['loop', 'its symbolic links form a loop'],
  ['*.txt', 'no file matches this glob'],
  ['plain', /^it contains no manifest\.json, so it isn't a cloud assembly/],
  ['withheld', /^its assembly was withheld because the guard refused it at synth/],
])('%s is named with why it was not checked, and the rest is checked', (name, why) => {
  const { code, out } = checkIn(root, name, 'leak.json', '--region', 'eu-west-1', '--format', 'json');
  const { files, findings } = JSON.parse(out);
  expect(files).toContainEqual({ file: name, resources: 0, error: expect.stringMatching(why instanceof RegExp ? why : literal(why)) });
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'place-outside', file: 'leak.json' }));
  expect(code).toBe(2);
});

// biome-ignore format: one row a line
test.each<[string, string, string | RegExp]>([
  ['broken', 'broken/manifest.json', /^the manifest isn't JSON: /],
  ['notmanifest', 'notmanifest/manifest.json', "this isn't the manifest of a cloud assembly, because it has no 'version'; synthesize the app again"],
  ['listed', 'listed/manifest.json', "the manifest's 'artifacts' isn't a mapping; synthesize the app again"],
  ['missing', 'missing/A.template.json', 'there is no such file or folder'],
  ['nofile', 'nofile/manifest.json', "the artifact 'A' is a stack without 'templateFile'"],
  ['self', 'self/manifest.json', "the artifact 'A' is a nested assembly without a folder of its own"],
])('an assembly that is %s is refused', (name, file, why) => {
  const { code, err, out } = checkIn(root, name);
  expect(err.startsWith(`${file}: not checked: `)).toBe(true);
  expect(out).toMatch(/^\d+ resources? in \d files? checked: 0 findings; 1 file not checked$/);
  expect(err.slice(`${file}: not checked: `.length)).toMatch(why instanceof RegExp ? why : literal(why));
  expect(code).toBe(2);
});

test('an assembly without stacks is clean', () => {
  expect(checkIn(root, 'cdk.out')).toMatchObject({ code: 0, out: '0 resources in 0 files checked: 0 findings' });
});

test('a file that may not be read is named', () => {
  const locked = folder({ 'secret.json': CLEAN });
  chmodSync(path.join(locked, 'secret.json'), 0);
  const { code, err } = checkIn(locked, 'secret.json', '--region', 'eu-west-1');
  // Who runs as root may read it all the same.
  if (process.getuid?.() === 0) expect(code).toBe(0);
  else expect(err).toBe('secret.json: not checked: it may not be read (permission denied)');
});

test('a glob finds files and cloud assemblies, not what is in node_modules', () => {
  const many = folder({
    'a/x.json': CLEAN,
    'node_modules/p/y.json': LEAK,
    'app/cdk.out/manifest.json': { version: '36.0.0', artifacts: {} },
    'other/cdk.out/x.txt': '',
  });
  mkdirSync(path.join(many, 'a/b'));
  const read = (glob: string) =>
    JSON.parse(checkIn(many, glob, '--region', 'eu-west-1', '--format', 'json').out).files.map(
      ({ file }: { file: string }) => file,
    );
  expect(read('a/**')).toEqual(['a/x.json']);
  expect(read('**/x.json')).toEqual(['a/x.json']);
  expect(checkIn(many, '*/cdk.out').code).toBe(0);
});

test('a SAM template and one with loops are read, and a custom macro is refused', () => {
  const own = folder({
    'sam.yaml': `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, Environment: { Variables: { QUEUE: https://sqs.us-east-1.amazonaws.com/1/q } } } }
Resources: { Web: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, CodeUri: src } } }
`,
    'loop.yaml': `Transform: AWS::LanguageExtensions
Resources: { 'Fn::ForEach::All': [Name, [a, b], { 'Queue\${Name}': { Type: AWS::SQS::Queue } }] }
`,
    'macro.yaml': 'Transform: Ours\nResources: {}\n',
  });
  const args = ['sam.yaml', 'loop.yaml', 'macro.yaml', '--region', 'eu-west-1', '--format', 'json'];
  const { files, findings } = JSON.parse(checkIn(own, ...args).out);
  expect(files).toContainEqual({ file: 'loop.yaml', resources: 2, error: null });
  expect(
    findings.map((found: Record<string, unknown>) => [found.file, found.level, found.logicalId, found.path]),
  ).toEqual([
    ['sam.yaml', 'block', 'Web', '/Properties/Environment/Variables/QUEUE'],
    ['macro.yaml', 'unresolved', null, '/Transform'],
  ]);
  expect(findings[0].message).toContain('This is set in /Globals/Function/Environment/Variables/QUEUE.');
});

const literal = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
