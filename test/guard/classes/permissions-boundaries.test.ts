import { testClass } from './test-class';

const POLICY = 'exemple-residency-boundary';
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] };
const WIDER = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: ['*'] }] };
const permissionsBoundary = { policyName: POLICY, documents: [DOCUMENT] };
const arn = (name: string, account = '111122223333') => `arn:aws:iam::${account}:policy/${name}`;
const OWN = arn(POLICY);
const ROLE = 'arn:aws:iam::111122223333:role/own';
const trust = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const managed = (ManagedPolicyName: unknown, PolicyDocument: object) => ({
  type: 'AWS::IAM::ManagedPolicy',
  properties: { ...(ManagedPolicyName !== undefined && { ManagedPolicyName }), PolicyDocument },
  permissionsBoundary,
});
const around = {
  Parameters: { Given: { Type: 'String' }, Fixed: { Type: 'String', AllowedValues: [OWN] } },
  Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Given' }, 'a'] } },
  Resources: {
    Declared: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: POLICY, PolicyDocument: DOCUMENT } },
    Narrow: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'narrow', PolicyDocument: DOCUMENT } },
  },
};
const role = (PermissionsBoundary?: unknown, type = 'AWS::IAM::Role') => ({
  type,
  properties: {
    ...(type === 'AWS::IAM::Role' && { AssumeRolePolicyDocument: trust }),
    ...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
  },
  around,
  permissionsBoundary,
});
const sam = (kind: string, properties: object) => ({
  type: `AWS::Serverless::${kind}`,
  properties: properties as Readonly<Record<string, unknown>>,
  around: { Transform: 'AWS::Serverless-2016-10-31' },
  permissionsBoundary,
});
const code = { Runtime: 'nodejs22.x', Handler: 'a.b', InlineCode: '' };
const daily = (Type: string, properties: object = {}) => ({
  Events: {
    Daily: {
      Type,
      Properties: { [Type === 'Schedule' ? 'Schedule' : 'ScheduleExpression']: 'rate(1 day)', ...properties },
    },
  },
});

testClass('Roles that the declared permissions boundary does not cap', {
  leaks: {
    'a role without one': role(),
    'a user without one': role(undefined, 'AWS::IAM::User'),
    'a role with one in one case': role({ 'Fn::If': ['Chosen', OWN, { Ref: 'AWS::NoValue' }] }),
    'another policy': role(arn('other')),
    'a name that begins alike': role(`${OWN}-2`),
    'a name in other letters': role(arn(POLICY.toUpperCase())),
    'the name below a path': role(arn(`team/${POLICY}`)),
    'a policy of AWS with the name': role(arn(POLICY, 'aws')),
    'a parameter': role({ Ref: 'Given' }),
    'another policy of the template': role({ Ref: 'Narrow' }),
    'another document under the name': managed(POLICY, WIDER),
    'another document under a joined name': managed({ 'Fn::Join': ['-', ['exemple', 'residency', 'boundary']] }, WIDER),
    'a function of SAM': sam('Function', code),
    "CodeDeploy's role of SAM": sam('Function', {
      ...code,
      Role: ROLE,
      AutoPublishAlias: 'live',
      DeploymentPreference: { Type: 'AllAtOnce' },
    }),
    "a schedule's role of SAM": sam('Function', { ...code, Role: ROLE, ...daily('ScheduleV2') }),
    'a role of SAM that starts a state machine': sam('StateMachine', {
      Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } },
      Role: ROLE,
      ...daily('Schedule'),
    }),
  },
  nearMisses: {
    'the declared policy': role(OWN),
    'the declared policy, by the account of the stack': role({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${POLICY}`,
    }),
    'the declared policy of the template': role({ Ref: 'Declared' }),
    'a parameter that allows nothing else': role({ Ref: 'Fixed' }),
    'the declared policy in both cases': role({ 'Fn::If': ['Chosen', OWN, { Ref: 'Declared' }] }),
    'the declared document under its name': managed(POLICY, DOCUMENT),
    'another document under another name': managed('exemple-residency-boundaries', DOCUMENT),
    'a policy without a name': managed(undefined, DOCUMENT),
    'a function of SAM with the boundary': sam('Function', { ...code, PermissionsBoundary: OWN }),
    'a function of SAM with its own role, on a schedule': sam('Function', {
      ...code,
      Role: ROLE,
      ...daily('Schedule'),
    }),
    "a schedule's role of SAM with the boundary": sam('Function', {
      ...code,
      Role: ROLE,
      ...daily('ScheduleV2', { PermissionsBoundary: OWN }),
    }),
    'an owner who requires none': { type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: trust } },
  },
});
