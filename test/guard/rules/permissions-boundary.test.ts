import { permissionsBoundary } from '@/lib/guard/rules/permissions-boundary';
import { findingsOf, testRule } from './rule-tester';

const POLICY = 'exemple-residency-boundary';
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] };
const required = { policyName: POLICY, documents: [{ Statement: [] }, DOCUMENT] };
const arn = (name: string, account = '111122223333') => `arn:aws:iam::${account}:policy/${name}`;
const template = {
  Parameters: { Given: { Type: 'String' }, Name: { Type: 'String' } },
  Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Given' }, 'a'] } },
  Resources: {
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: POLICY, PolicyDocument: DOCUMENT } },
    Other: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'other', PolicyDocument: DOCUMENT } },
    Unnamed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: DOCUMENT } },
  },
};

testRule(permissionsBoundary, {
  type: 'AWS::IAM::Role',
  template,
  permissionsBoundary: required,
  compliant: {
    'an ARN in the own account': {
      PermissionsBoundary: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${POLICY}` },
    },
    'a joined ARN': {
      PermissionsBoundary: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, `:policy/${POLICY}`]],
      },
    },
    'a written ARN': { PermissionsBoundary: arn(POLICY) },
    'the policy in the same template': { PermissionsBoundary: { Ref: 'Boundary' } },
  },
  violating: {
    'no boundary': { properties: { RoleName: 'a' }, found: ['/Properties'] },
    'no boundary in one case': {
      properties: { PermissionsBoundary: { 'Fn::If': ['Chosen', arn(POLICY), { Ref: 'AWS::NoValue' }] } },
      found: ['/Properties'],
    },
    'another boundary': { properties: { PermissionsBoundary: arn('other') }, found: [arn('other')] },
    'a name that begins alike': {
      properties: { PermissionsBoundary: arn(`${POLICY}-2`) },
      found: [arn(`${POLICY}-2`)],
    },
    'the name below a path': { properties: { PermissionsBoundary: arn(`x/${POLICY}`) }, found: [arn(`x/${POLICY}`)] },
    'a policy of AWS with the name': {
      properties: { PermissionsBoundary: arn(POLICY, 'aws') },
      found: [arn(POLICY, 'aws')],
    },
    'another policy in the same template': { properties: { PermissionsBoundary: { Ref: 'Other' } }, found: ['Other'] },
    'a policy without a name': { properties: { PermissionsBoundary: { Ref: 'Unnamed' } }, found: ['Unnamed'] },
    'a boundary from a parameter': {
      properties: { PermissionsBoundary: { Ref: 'Given' } },
      found: ['/Properties/PermissionsBoundary'],
      level: 'unresolved',
    },
    'a name from a parameter': {
      properties: { PermissionsBoundary: { 'Fn::Sub': 'arn:aws:iam::111122223333:policy/${Name}' } },
      found: ['/Properties/PermissionsBoundary'],
      level: 'unresolved',
    },
  },
});

testRule(permissionsBoundary, {
  type: 'AWS::IAM::ManagedPolicy',
  template,
  permissionsBoundary: required,
  compliant: {
    'the declared document': { ManagedPolicyName: POLICY, PolicyDocument: DOCUMENT },
    'another name': { ManagedPolicyName: 'other', PolicyDocument: { Statement: [] } },
    'no name': { PolicyDocument: { Statement: [] } },
  },
  violating: {
    'the declared name with another document': {
      properties: {
        ManagedPolicyName: POLICY,
        PolicyDocument: { ...DOCUMENT, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      },
      found: ['/Properties/PolicyDocument'],
    },
    'a name from a parameter': {
      properties: { ManagedPolicyName: { Ref: 'Name' }, PolicyDocument: DOCUMENT },
      found: ['/Properties/ManagedPolicyName'],
      level: 'unresolved',
    },
  },
});

testRule(permissionsBoundary, {
  type: 'AWS::Serverless::Function',
  permissionsBoundary: required,
  template: { Transform: 'AWS::Serverless-2016-10-31' },
  compliant: {
    'a role of its own': { Role: 'arn:aws:iam::111122223333:role/a' },
    'the boundary': { PermissionsBoundary: arn(POLICY) },
  },
  violating: { 'a role that SAM creates': { properties: { Handler: 'a.b' }, found: ['/Properties'] } },
});

const SAM = { Transform: 'AWS::Serverless-2016-10-31', Parameters: { On: { Type: 'String' } } };
const ROLE = 'arn:aws:iam::111122223333:role/a';
const scheduled = (properties: object) => ({ Events: { Daily: { Type: 'ScheduleV2', Properties: properties } } });

testRule(permissionsBoundary, {
  type: 'AWS::Serverless::Function',
  permissionsBoundary: required,
  template: SAM,
  compliant: {
    "a schedule's own role": { Role: ROLE, ...scheduled({ RoleArn: ROLE }) },
    "the boundary of a schedule's role": { Role: ROLE, ...scheduled({ PermissionsBoundary: arn(POLICY) }) },
    'an event without a role': { Role: ROLE, Events: { Daily: { Type: 'Schedule', Properties: {} } } },
    "a role of one's own for deployments": { Role: ROLE, DeploymentPreference: { Type: 'AllAtOnce', Role: ROLE } },
    'no gradual deployment': { Role: ROLE, DeploymentPreference: { Type: 'AllAtOnce', Enabled: false } },
  },
  violating: {
    'the role of a schedule': {
      properties: { Role: ROLE, ...scheduled({}) },
      found: ['/Properties/Events/Daily/Properties'],
    },
    "another boundary of a schedule's role": {
      properties: { Role: ROLE, ...scheduled({ PermissionsBoundary: arn('other') }) },
      found: [arn('other')],
    },
    'the role of deployments': {
      properties: { PermissionsBoundary: arn(POLICY), DeploymentPreference: { Type: 'AllAtOnce' } },
      found: ['/Properties/DeploymentPreference'],
    },
    'deployments that a parameter switches on': {
      properties: { Role: ROLE, DeploymentPreference: { Type: 'AllAtOnce', Enabled: { Ref: 'On' } } },
      found: ['/Properties/DeploymentPreference'],
    },
  },
});

testRule(permissionsBoundary, {
  type: 'AWS::Serverless::StateMachine',
  permissionsBoundary: required,
  template: SAM,
  compliant: {
    'a role of its own': { Role: ROLE },
    "the boundary, which its event's role has too": {
      PermissionsBoundary: arn(POLICY),
      Events: { Daily: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } } },
    },
  },
  violating: {
    "an event's role": {
      properties: { Role: ROLE, Events: { Daily: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } } } },
      found: ['/Properties'],
    },
    "its own role and an event's, once": {
      properties: { Events: { Get: { Type: 'Api', Properties: { Path: '/', Method: 'get' } } } },
      found: ['/Properties'],
    },
    'the role of a schedule': {
      properties: { Role: ROLE, ...scheduled({}) },
      found: ['/Properties/Events/Daily/Properties'],
    },
  },
});

testRule(permissionsBoundary, {
  type: 'AWS::Serverless::GraphQLApi',
  permissionsBoundary: required,
  template: SAM,
  compliant: {
    'named roles': {
      Logging: { CloudWatchLogsRoleArn: ROLE },
      DataSources: { Lambda: { A: { FunctionArn: 'a', ServiceRoleArn: ROLE } }, DynamoDb: {} },
    },
    'no logs and no data': { Logging: false },
  },
  violating: {
    'the role of logs': { properties: {}, found: ['/Properties/Logging'] },
    'the role of logs with a level': {
      properties: { Logging: { FieldLogLevel: 'ALL' } },
      found: ['/Properties/Logging'],
    },
    'the role of a data source': {
      properties: { Logging: false, DataSources: { DynamoDb: { A: { ServiceRoleArn: ROLE }, B: { TableName: 'b' } } } },
      found: ['/Properties/DataSources/DynamoDb'],
    },
  },
});

testRule(permissionsBoundary, {
  type: 'AWS::Serverless::CapacityProvider',
  permissionsBoundary: required,
  template: SAM,
  compliant: { 'a role of its own': { OperatorRole: ROLE } },
  violating: { 'a role that SAM creates': { properties: {}, found: ['/Properties'] } },
});

test('without a declared boundary, a role needs none', () => {
  expect(findingsOf(permissionsBoundary, { RoleName: 'a' })).toEqual([]);
});

test('a user needs the boundary as a role does', () => {
  const found = findingsOf(permissionsBoundary, {}, { type: 'AWS::IAM::User', permissionsBoundary: required });
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining("it has no permissions boundary; 'exemple-residency-boundary' is declared"),
  ]);
});

test('without a known document, the name alone decides', () => {
  const properties = { ManagedPolicyName: POLICY, PolicyDocument: { Statement: [] } };
  const rows = { type: 'AWS::IAM::ManagedPolicy', permissionsBoundary: { policyName: POLICY } };
  expect(findingsOf(permissionsBoundary, properties, rows)).toEqual([]);
});
