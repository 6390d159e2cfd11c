import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { StackFilter } from '@/lib/constructs/hook/stack-filter';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { parseTemplate } from '@/lib/guard/template/parse';
import { constructResources, hookTemplate } from '@/scripts/hook/hook-template';
import { stackEvent } from '../../runtime/hook/support/events';
import { INSIDE, OUTSIDE } from '../../runtime/hook/support/templates';
import { inlineHookCode } from '../../support/inline-hook-code';

let code: string;
beforeAll(() => {
  code = inlineHookCode();
}, 60_000);

/** A template's value with values for its parameters, as CloudFormation resolves it in a Region. */
function resolved(
  value: unknown,
  values: Readonly<Record<string, unknown>>,
  conditions: Readonly<Record<string, boolean>>,
): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, values, conditions));
  if (value === null || typeof value !== 'object') return value;
  const [[name = '', argument] = []] = Object.entries(value);
  if (name === 'Ref' && String(argument) in values) return values[String(argument)];
  const inner = argument as never;
  if (name === 'Fn::If') {
    const [condition, yes, no] = inner as [string, unknown, unknown];
    return resolved(conditions[condition] ? yes : no, values, conditions);
  }
  if (name === 'Fn::Sub') return String(argument).replace(/\$\{([^}]+)\}/g, (_, key) => String(values[key]));
  const list = (Array.isArray(argument) ? resolved(argument, values, conditions) : []) as [string, unknown];
  if (name === 'Fn::Split') return String(list[1]).split(list[0]);
  if (name === 'Fn::Join' && Array.isArray(list[1]) && list[1].every((each) => typeof each === 'string')) {
    return list[1].join(list[0]);
  }
  const entries = Object.entries(value).map(([key, each]) => [key, resolved(each, values, conditions)]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

interface Properties {
  Code?: unknown;
  Description?: unknown;
  Environment?: unknown;
}

/** Resources without what the template sets in its own way: the code, and the parameters that the function reads. */
function comparable(resources: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(resources)) as Record<string, { Type: string; Properties: Properties }>;
  for (const { Type, Properties } of Object.values(copy)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    for (const name of ['Code', 'Description', 'Environment'] as const) delete Properties[name];
  }
  return copy;
}

/** The template's resources with these values, and those values of the conditions. */
function deployedWith(parameters: Readonly<Record<string, unknown>>) {
  const template = hookTemplate(code);
  const values = {
    ...{ StackNames: [], ExcludedStackNames: [], PermissionsBoundary: '', ...parameters },
    ...{ 'AWS::StackName': 'ResidencyHook', 'AWS::Region': 'eu-central-1', 'AWS::NoValue': undefined },
    ...{ 'AWS::Partition': 'aws-eusc', 'AWS::AccountId': '111122223333' },
  };
  const conditions = Object.fromEntries(
    Object.entries(template.Conditions).map(([name, { 'Fn::Equals': pair }]) => {
      const [one, other] = resolved(pair, values, {}) as [unknown, unknown];
      return [name, one === other];
    }),
  );
  const resolve = (resources: unknown) => resolved(comparable(resources), values, conditions);
  return { resources: resolve(template.Resources), resolve };
}

test.each([
  ['every stack', [], []],
  ['every stack but some', [], ['CDKToolkit']],
  ['named stacks', ['chat-*', 'legal'], []],
  ['named stacks but some', ['chat-*'], ['CDKToolkit', 'old-*']],
])('with %s, the resources are those of the construct', (_, names, excluded) => {
  const { resources, resolve } = deployedWith({ StackNames: names, ExcludedStackNames: excluded });
  const filter = names.length === 0 ? StackFilter.all() : StackFilter.named(...names);
  // The construct's resources have functions too, which both sides resolve.
  expect(resources).toEqual(resolve(constructResources(filter, excluded)));
});

test("every role has the boundary of the parameter, in the account's own partition, and none without it", () => {
  const boundaries = (resources: unknown) =>
    Object.values(resources as Record<string, { Type: string; Properties: Record<string, unknown> }>).flatMap(
      ({ Type, Properties }) => (Type === 'AWS::IAM::Role' ? [Properties.PermissionsBoundary] : []),
    );
  const arn = 'arn:aws-eusc:iam::111122223333:policy/exemple-residency-boundary';
  const { resources } = deployedWith({ PermissionsBoundary: 'exemple-residency-boundary' });
  expect(boundaries(resources)).toEqual([arn, arn]);
  expect(boundaries(deployedWith({}).resources)).toEqual([undefined, undefined]);
  // Nothing else reads it.
  expect(JSON.stringify(resources).split('exemple-residency-boundary')).toHaveLength(3);
});

test('the function reads the boundary and the declarations from the parameters', () => {
  const functions = Object.values(hookTemplate(code).Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => [Properties.Code, Properties.Environment])).toEqual([
    [
      { ZipFile: code },
      { Variables: { HOOK_BOUNDARY: { Ref: 'Boundary' }, HOOK_DECLARATIONS: { Ref: 'Declarations' } } },
    ],
  ]);
});

test('no Region is left in it, and its parameters are the only way to set something', () => {
  const text = JSON.stringify(hookTemplate(''));
  expect(text).not.toMatch(/eu-[a-z]+-\d|cdk-hnb659fds/);
  expect(Object.keys(hookTemplate('').Parameters)).toEqual([
    ...['Boundary', 'Declarations', 'StackNames', 'ExcludedStackNames', 'PermissionsBoundary'],
  ]);
});

test.each(ResidencyBoundary.eu().regionCodes('aws'))('it passes the check in %s', (deployRegion) => {
  const template = parseTemplate(JSON.stringify(hookTemplate(code)));
  const { findings, resources } = checkTemplate(template, {
    boundary: ResidencyBoundary.eu(),
    stack: 'hook',
    deployRegion,
  });
  expect([findings, resources]).toEqual([[], 8]);
});

test('it is small enough for CloudFormation, and the same for the same code', () => {
  const text = JSON.stringify(hookTemplate(code), undefined, 1);
  expect(text.length).toBeLessThan(460_800);
  expect(JSON.stringify(hookTemplate(code), undefined, 1)).toBe(text);
});

describe('the function of the template', () => {
  /** What it answers to CloudFormation, in a process that has only index.js and the variables. */
  function answers(variables: Readonly<Record<string, string>>, ...templates: string[]) {
    const folder = mkdtempSync(path.join(tmpdir(), 'inline-'));
    writeFileSync(path.join(folder, 'index.js'), code);
    const events = templates.map((template) => stackEvent('CREATE', { targetModel: { template } }));
    const out = execFileSync(process.execPath, [path.join(__dirname, '../../runtime/hook/support/run-bundle.mjs')], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...{ BUNDLE: path.join(folder, 'index.js'), EVENTS: JSON.stringify(events), PAYLOADS: '[]' },
        ...{ AWS_REGION: 'eu-central-1', HOOK_BOUNDARY: 'eu', HOOK_DECLARATIONS: '', ...variables },
      },
    });
    const [, json = ''] = /^ANSWERS (.*)$/m.exec(out) ?? [];
    const { answers: list, importMs } = JSON.parse(json);
    return {
      importMs,
      list: list.map((each: Record<string, string>) => each.errorCode ?? each.hookStatus),
      texts: list,
    };
  }

  test('allows what stays inside, refuses what leaves, and starts within seconds', () => {
    const { list, importMs } = answers({}, INSIDE, OUTSIDE);
    expect(list).toEqual(['SUCCESS', 'NonCompliant']);
    expect(importMs).toBeLessThan(5_000);
  });

  test('decides by the parameters', () => {
    const row = 'rule: place-outside, stack: chat, value: us-east-1, reason: r, approver: a, expires: 2999-01-01';
    expect(answers({ HOOK_DECLARATIONS: `exceptions: [{ ${row} }]` }, OUTSIDE).list).toEqual(['SUCCESS']);
    expect(answers({ HOOK_BOUNDARY: 'DE' }, INSIDE).list).toEqual(['NonCompliant']);
  });

  test('accepts the parameters that docs/HOOK.md shows', () => {
    const page = readFileSync(path.join(__dirname, '../../../docs/HOOK.md'), 'utf8');
    const [, json = ''] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
    const parameters: { ParameterKey: string; ParameterValue: string }[] = JSON.parse(json);
    const values = Object.fromEntries(parameters.map((each) => [each.ParameterKey, each.ParameterValue]));
    expect(Object.keys(hookTemplate('').Parameters)).toEqual(expect.arrayContaining(Object.keys(values)));
    const { Boundary = '', Declarations = '' } = values;
    const variables = { HOOK_BOUNDARY: Boundary, HOOK_DECLARATIONS: Declarations };
    expect(answers(variables, OUTSIDE).list).toEqual(['NonCompliant']);
  });

  test.each<Readonly<Record<string, string>>>([
    { HOOK_BOUNDARY: 'DE,XX' },
    { HOOK_DECLARATIONS: 'exceptions: 1' },
    { AWS_REGION: 'us-east-1' },
  ])('refuses every deployment with %j', (variables) => {
    const { list, texts } = answers(variables, INSIDE);
    expect(list).toEqual(['InternalFailure']);
    expect(texts[0].message).toMatch(/the residency guard itself failed, so the operation is refused: the/);
  });
});
