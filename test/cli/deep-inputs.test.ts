import { execFile } from 'node:child_process';
import type { Finding } from '@/lib/guard/finding';
import { builtCommand } from '../support/built-command';
import { CLEAN, folder } from './support';

const REPEATED = 1_000;
const around = (before: string, after: string, inner = '', times = REPEATED) =>
  `${before.repeat(times)}${inner}${after.repeat(times)}`;
const json = around('{"a":', '}', '1');
const plan = (values: string) =>
  `{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"values":${values}}]}},"configuration":{}}`;
const resource = (type: string, properties: object) =>
  JSON.stringify({ Resources: { Subject: { Type: type, Properties: properties } } });
const stackSet = (TemplateBody: string) =>
  resource('AWS::CloudFormation::StackSet', { StackSetName: 'a', PermissionModel: 'SELF_MANAGED', TemplateBody });

const DEEP = 'nested more than 200 levels deep';

const FAULT = /call stack|FATAL|\n {4}at /;

const UNREADABLE = {
  'brackets.yaml': around('[', ']'),
  'many-brackets.yaml': around('[', ']', '', 20_000),
  'no-end.yaml': '['.repeat(REPEATED),
  'braces.yaml': around('{a: ', '}', '1'),
  'indented.yaml': Array.from({ length: REPEATED }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
  'dashes.yaml': '- '.repeat(2 * REPEATED),
  'keys.yaml': `${'? '.repeat(REPEATED)}a`,
  'tags.yaml': around('!Rain::Embed [', ']'),
  'whole.json': json,
  'cut.json': json.slice(0, -1),
  'comma.json': json.replace('1', '1,'),
  'plan.json': plan(json),
  'cut-plan.json': plan(json).slice(0, -1),
};

/** Documents within texts, with the rule that reports that it can't read them. */
const UNDECIDED = {
  'stack-set.json': { rule: 'stack-set-template', content: stackSet(json) },
  'broken-stack-set.json': { rule: 'stack-set-template', content: stackSet(json.slice(0, -1)) },
  'policy.json': {
    rule: 'iam-reach',
    content: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: `{"Statement":${json}}` }),
  },
  'variable.json': {
    rule: 'place-outside',
    content: resource('AWS::Lambda::Function', { Environment: { Variables: { A: json } } }),
  },
  'machine.json': {
    rule: 'state-machine-endpoint',
    content: resource('AWS::StepFunctions::StateMachine', { DefinitionString: json }),
  },
  'api.json': { rule: 'api-definition', content: resource('AWS::ApiGateway::RestApi', { Body: json }) },
  'sink.json': {
    rule: 'ingestion-sink',
    content: resource('AWS::OSIS::Pipeline', { PipelineConfigurationBody: `a:\n  sink: ${json}` }),
  },
  'document.json': {
    rule: 'bucket-destination',
    content: resource('AWS::SSM::Document', { Content: `a: ${around('[', ']')}` }),
  },
};

const root = folder({
  ...UNREADABLE,
  ...Object.fromEntries(Object.entries(UNDECIDED).map(([file, { content }]) => [file, content])),
  'clean.json': CLEAN,
  'baseline.json': `{"version":1,"findings":[{"rule":${around('{"a":', '}', '1', 20_000)}}]}`,
  'config.yaml': `boundary: ${around('[', ']')}`,
  'exceptions.yaml': `exceptions: ${around('{a: ', '}', '1')}`,
});

const command = builtCommand(root);

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

/** In a process of its own: it depends on the regular expressions that were used before whether V8 aborts. */
const run = (args: readonly string[]) =>
  new Promise<Ended>((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: root }, (error, out, err) =>
      resolve({ code: error === null ? 0 : (error.signal ?? error.code), out, err }),
    );
  });

const check = (...args: string[]) => ['check', '--boundary', 'eu', '--region', 'eu-west-1', ...args];

// biome-ignore format: one row a line
test.each<[string[], number]>([
  [check('brackets.yaml'), 2],
  [check('cut.json'), 2],
  [check('indented.yaml'), 2],
  [check('clean.json', '--baseline', 'baseline.json'), 2],
  [check('clean.json', '--exceptions', 'exceptions.yaml'), 2],
  [['validate', 'config.yaml'], 2],
])('%j, with a deeply nested file, ends with one message', async (args, code) => {
  const { code: found, out, err } = await run(args);
  expect({ code: found, out, err }).toEqual({ code, out: expect.not.stringMatching(FAULT), err: expect.not.stringMatching(FAULT) });
  expect(`${out}${err}`.match(/nested (?:more than 200 levels deep|too deeply)/g)).toHaveLength(1);
  if (code === 2) expect(err.trim().split('\n')).toHaveLength(1);
});

test('a template within a template ends with a finding', async () => {
  const { code, out } = await run(check('broken-stack-set.json'));
  expect(out).toContain("the template can't be read");
  expect(code).toBe(1);
});

test('each deeply nested file is named, and the others are checked', async () => {
  const unreadable = Object.keys(UNREADABLE);
  const args = [...unreadable, ...Object.keys(UNDECIDED), 'clean.json'];
  const { code, out } = await run(check('--format', 'json', ...args));
  const { files, findings } = JSON.parse(out) as { files: { file: string; error: string }[]; findings: Finding[] };
  for (const file of unreadable) {
    expect(files).toContainEqual({
      file,
      resources: 0,
      error: expect.stringMatching(new RegExp(`^${DEEP}.*; make it flatter$`)),
    });
  }
  for (const [file, { rule }] of Object.entries(UNDECIDED)) {
    expect(findings).toContainEqual(
      expect.objectContaining({
        file,
        rule,
        level: 'unresolved',
        message: expect.stringMatching(/can't be (?:read|decided)/),
      }),
    );
  }
  expect(files).toContainEqual({ file: 'clean.json', resources: 1, error: null });
  expect(out).not.toMatch(FAULT);
  expect(code).toBe(2);
});
