import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, NestedStack, type Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { ResidencyHook, type ResidencyHookProps } from '@/lib/constructs/hook/residency-hook';
import { StackFilter } from '@/lib/constructs/hook/stack-filter';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { blocks } from '@/lib/guard/finding';
import { parseHookPolicy } from '@/lib/runtime/hook/policy';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();

function hookIn(stack: Stack = stackIn('eu-central-1'), props: Partial<ResidencyHookProps> = {}): Stack {
  new ResidencyHook(stack, 'Hook', { boundary, stacks: StackFilter.all(), ...props });
  return stack;
}

const stack = hookIn();
const template = Template.fromStack(stack);
const FUNCTION = { 'Fn::GetAtt': [Match.stringLikeRegexp('^HookHandlerFunction'), 'Arn'] };
const names = (made: Stack) =>
  Object.values(Template.fromStack(made).findResources('AWS::CloudFormation::LambdaHook'))[0]?.Properties.StackFilters
    .StackNames;

test.each(REFUSED_REGIONS)('a hook in %s is refused', (_, region, found) => {
  expect(() => hookIn(stackIn(region))).toThrow(
    `Chat/Hook must be deployed inside the EU because it checks and logs deployments there, got ${found}`,
  );
});

test('AwsSolutions finds nothing, without acknowledgements', () => expect(nagFindings(stack)).toEqual([]));

test('the hook itself passes the guard', () => {
  const { findings } = checkTemplate(template.toJSON(), { boundary, stack: 'Chat', deployRegion: 'eu-central-1' });
  expect(findings.filter(blocks)).toEqual([]);
});

describe('the hook', () => {
  const has = (properties: object) => template.hasResourceProperties('AWS::CloudFormation::LambdaHook', properties);

  test('refuses with a failure', () => has({ FailureMode: 'FAIL', HookStatus: 'ENABLED' }));

  test('checks stacks and change sets', () => has({ TargetOperations: ['STACK', 'CHANGE_SET'] }));

  test('doesn’t check deletions', () => has({ TargetFilters: { Actions: ['CREATE', 'UPDATE'] } }));

  test('calls its own function', () => has({ LambdaFunction: FUNCTION }));

  test('has a default name', () => has({ Alias: 'Private::Residency::Guard' }));

  test('can be named', () => {
    Template.fromStack(hookIn(undefined, { alias: 'Exemple::Residency::Guard' })).hasResourceProperties(
      'AWS::CloudFormation::LambdaHook',
      { Alias: 'Exemple::Residency::Guard' },
    );
  });

  test.each([
    'Guard',
    'AWS::Residency::Guard',
    'Awsome::Residency::Guard',
    'A::B::C',
    'Exemple::Résidence::Guard',
    'a-b::cd::ef',
  ])('can’t be named %s', (alias) => {
    expect(() => hookIn(undefined, { alias })).toThrow(
      "Chat/Hook: 'alias' must have three parts of 2 to 64 letters and digits, and not begin with AWS, because " +
        `CloudFormation requires this of hooks, got '${alias}'; use a name such as 'Organisation::Residency::Guard'`,
    );
  });
});

describe('the checked stacks', () => {
  test('are all except its own', () => expect(names(stack)).toEqual({ Exclude: ['Chat'] }));

  test('are those of a filter, and never its own', () => {
    const made = hookIn(undefined, { stacks: StackFilter.named('chat-*', 'Chat') });
    expect(names(made)).toEqual({ Include: ['chat-*', 'Chat'], Exclude: ['Chat'] });
  });

  test('exclude the given names', () => {
    expect(names(hookIn(undefined, { excludeStackNames: ['CDKToolkit'] }))).toEqual({
      Exclude: ['Chat', 'CDKToolkit'],
    });
  });

  test('exclude every stack above a nested one', () => {
    const parent = stackIn('eu-central-1', 'Platform');
    const nested = hookIn(new NestedStack(parent, 'Guard'));
    expect(names(nested)).toEqual({ Exclude: [expect.anything(), 'Platform'] });
  });

  test('are matched only by name', () => {
    template.hasResourceProperties('AWS::CloudFormation::LambdaHook', {
      StackFilters: { FilteringCriteria: 'ALL', StackRoles: Match.absent() },
    });
  });

  test('can’t exclude a malformed name', () => {
    expect(() => hookIn(undefined, { excludeStackNames: ['a_b'] })).toThrow(
      "Chat/Hook: 'excludeStackNames' must contain names of stacks, in letters, digits and hyphens, got 'a_b'; use '*' for any other text",
    );
  });

  test('can’t exclude more names than CloudFormation accepts', () => {
    const excludeStackNames = Array.from({ length: 50 }, (_, index) => `s${index}`);
    expect(() => hookIn(undefined, { excludeStackNames })).toThrow("'excludeStackNames' must have at most 49 names");
  });
});

describe('the execution role', () => {
  const has = (properties: object) => template.hasResourceProperties('AWS::IAM::Role', properties);

  test('can only invoke the function', () => {
    has({
      Description: Match.stringLikeRegexp('^Invokes the handler'),
      ManagedPolicyArns: Match.absent(),
      Policies: [
        {
          PolicyName: 'Handler',
          PolicyDocument: Match.objectLike({
            Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION }],
          }),
        },
      ],
    });
  });

  test('trusts only this hook of this account', () => {
    const arn = (end: string) => ({
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, `:cloudformation:eu-central-1:111122223333:type/hook/${end}`],
      ],
    });
    has({
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'hooks.cloudformation.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333' },
              ArnLike: { 'aws:SourceArn': [arn('Private-Residency-Guard'), arn('Private-Residency-Guard/*')] },
            },
          },
        ],
      }),
    });
  });
});

describe('the function', () => {
  const has = (properties: object) => template.hasResourceProperties('AWS::Lambda::Function', properties);

  test('runs on Node 24, arm64', () =>
    has({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler', MemorySize: 1024 }));

  test('times out well before CloudFormation', () => has({ Timeout: 20 }));

  test('is in no VPC, so that a network fault can’t block deployments', () => has({ VpcConfig: Match.absent() }));

  test.each(['DeadLetterConfig', 'TracingConfig', 'Environment', 'FileSystemConfigs', 'Layers'])('has no %s', (name) =>
    has({ [name]: Match.absent() }),
  );

  test('can only write its log', () => {
    expect(Object.values(template.findResources('AWS::IAM::Policy'))).toHaveLength(1);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HookHandlerLogGroup'), 'Arn'] },
          },
        ],
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^HookHandlerRole') }],
    });
  });

  test('logs to its own log group', () =>
    has({ LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.stringLikeRegexp('^HookHandlerLogGroup') } } }));

  test('has the boundary and the declarations', () => {
    const made = stackIn('eu-central-1', 'Germany', new App());
    const declarations = ResidencyDeclarations._of({
      ...NO_DECLARATIONS,
      places: [{ host: 'hooks.example.de', country: 'DE', reason: 'our own data centre' }],
    });
    hookIn(made, { boundary: ResidencyBoundary.countries('DE'), declarations });
    const assembly = (made.node.root as App).synth();
    const [asset] = Object.values(
      JSON.parse(readFileSync(path.join(assembly.directory, 'Germany.assets.json'), 'utf8')).files as Record<
        string,
        { source: { path: string; packaging: string } }
      >,
    ).filter(({ source }) => source.packaging === 'zip');
    const policy = readFileSync(path.join(assembly.directory, asset?.source.path ?? '', 'policy.json'), 'utf8');
    expect(parseHookPolicy(policy)).toMatchObject({
      boundary: { name: 'DE' },
      declarations: { places: [{ host: 'hooks.example.de' }] },
    });
  });
});

describe('the log', () => {
  test('has its own key and one year of retention', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HookLogKey'), 'Arn'] },
      RetentionInDays: 365,
    });
  });

  test('has a key that CloudWatch Logs can use', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'LogGroups', Principal: { Service: 'logs.eu-central-1.amazonaws.com' } }),
        ]),
      }),
    });
  });

  test('can have an existing key', () => {
    const made = stackIn('eu-central-1');
    const { key } = new ResidencyKey(made, 'Given', { boundary });
    hookIn(made, { logKey: key, logRetention: logs.RetentionDays.ONE_MONTH });
    Template.fromStack(made).resourceCountIs('AWS::KMS::Key', 1);
    Template.fromStack(made).hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Given'), 'Arn'] },
      RetentionInDays: 30,
    });
  });

  test('can’t have a key of another Region', () => {
    const made = stackIn('eu-central-1');
    const logKey = kms.Key.fromKeyArn(made, 'Ireland', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    expect(() => hookIn(made, { logKey })).toThrow("Chat/Hook: 'logKey' must be in eu-central-1");
  });

  test('must be finite', () => {
    expect(() => hookIn(undefined, { logRetention: logs.RetentionDays.INFINITE })).toThrow(
      "Chat/Hook: 'logRetention' must be finite because logs record who deployed when, got INFINITE; use RetentionDays.ONE_YEAR or another period",
    );
  });
});

test('a memory size is passed on', () => {
  Template.fromStack(hookIn(undefined, { memorySize: 512 })).hasResourceProperties('AWS::Lambda::Function', {
    MemorySize: 512,
  });
});
