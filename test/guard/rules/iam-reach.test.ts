import { iamReach } from '@/lib/guard/rules/iam-reach';
import { testRule } from './rule-tester';

const allow = (Action: unknown, Resource: unknown, others = {}) =>
  policy({ Effect: 'Allow', Action, Resource, ...others });
const policy = (...Statement: unknown[]) => ({ PolicyDocument: { Statement } });
const requested = (...regions: string[]) => ({ StringEquals: { 'aws:RequestedRegion': regions } });
const EU_MODEL = 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0';

const withDeny = (others: Record<string, unknown>, allowed: unknown = '*') =>
  policy(
    { Effect: 'Allow', Action: allowed, Resource: '*' },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
      ...others,
    },
  );
const notRequested = (...regions: string[]) => ({ StringNotEquals: { 'aws:RequestedRegion': regions } });

testRule(iamReach, {
  type: 'AWS::IAM::Policy',
  template: {
    Parameters: {
      Open: { Type: 'String' },
      Inside: { Type: 'String', AllowedValues: ['eu-west-1', 'eu-central-1'] },
      Either: { Type: 'String', AllowedValues: ['eu-west-1', 'us-east-1'] },
      Effect: { Type: 'String', AllowedValues: ['Allow', 'Deny'] },
    },
    Conditions: { Strict: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } },
    Resources: { Agent: { Type: 'AWS::Bedrock::Agent' } },
  },
  compliant: {
    'one model inside': allow('bedrock:InvokeModel', EU_MODEL),
    'every model of a Region inside': allow('bedrock:InvokeModel*', 'arn:aws:bedrock:eu-west-1::foundation-model/*'),
    'an EU profile': allow(
      'bedrock:InvokeModel',
      'arn:aws:bedrock:eu-central-1:1:inference-profile/eu.anthropic.claude-sonnet-4-6',
    ),
    'everything in Regions inside': allow('*', '*', { Condition: requested('eu-central-1', 'eu-west-1') }),
    'everything, with a Deny outside': policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
      },
    ),
    'a Deny of a Region outside': policy({ Effect: 'Deny', Action: '*', Resource: 'arn:aws:sqs:us-east-1:1:q' }),
    'a condition that passes when the key is absent, which it never is': allow('bedrock:*', '*', {
      Condition: { StringEqualsIfExists: { 'aws:RequestedRegion': 'eu-west-1' } },
    }),
    'a condition whose operator has two variants, both inside': allow('bedrock:*', '*', {
      Condition: {
        StringEquals: {
          'Fn::If': ['Strict', { 'aws:RequestedRegion': 'eu-west-1' }, { 'aws:RequestedRegion': ['eu-central-1'] }],
        },
      },
    }),
    'a condition among others': allow('bedrock:*', '*', {
      Condition: { ...requested('eu-west-1'), StringLike: { 'aws:PrincipalTag/team': '*' } },
    }),
    'a Deny of all but what has no Region': withDeny({ Action: undefined, NotAction: ['iam:*', 'sts:*'] }),
    'Denies of all that calls a model': withDeny({
      Action: ['bedrock:*', 'bedrock-agentcore:*', 'bedrock-mantle:*', 'sagemaker:*'],
    }),
    'reading, labelling and ending': allow(
      ['bedrock:Get*', 'bedrock:TagResource', 'bedrock:DeleteGuardrail', 'bedrock-agentcore:ListMemories'],
      '*',
    ),
    'a wildcard of another service': allow(
      ['bedrock:InvokeModel', 'logs:PutLogEvents'],
      [EU_MODEL, 'arn:*:logs:*:*:log-group:*'],
    ),
    'an endpoint inside': allow('sagemaker:InvokeEndpoint', 'arn:aws:sagemaker:eu-west-1:1:endpoint/*'),
    'an agent in the app': allow('bedrock:InvokeAgent', { 'Fn::GetAtt': ['Agent', 'AgentArn'] }),
    'an account and a name that are known at deploy': allow('bedrock:InvokeAgent', {
      'Fn::Sub': 'arn:${AWS::Partition}:bedrock:${AWS::Region}:${AWS::AccountId}:agent/${Agent}',
    }),
    'another service on what is known at deploy': allow('s3:GetObject', { Ref: 'Open' }),
    'an action known at deploy on a table in the app': allow({ Ref: 'Open' }, { 'Fn::GetAtt': ['Agent', 'Arn'] }),
    'a Region from a parameter that allows only those inside': allow('bedrock:*', '*', {
      Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'Inside' } } },
    }),
    'a wildcard, which opens no more than the statement without it': allow('s3:GetObject', '*', {
      Condition: { StringLike: { 'aws:RequestedRegion': ['us-*', 'a?-south-1'] } },
    }),
    'services without a Region, whose requests count as those of Virginia': allow(['iam:*', 'route53:*'], '*', {
      Condition: requested('us-east-1'),
    }),
    'Denies of all that calls a model, by name': withDeny({
      Action: ['bedrock:*', 'bedrock-agentcore:*', 'bedrock-mantle:*', 'sagemaker:InvokeEndpoint*'],
    }),
    'another service everywhere': allow('s3:GetObject', '*'),
    'reading about models': allow('bedrock:ListFoundationModels', '*'),
  },
  violating: {
    'a condition of which one variant confines nothing': {
      properties: allow('bedrock:*', '*', {
        Condition: {
          StringEquals: { 'Fn::If': ['Strict', { 'aws:RequestedRegion': 'eu-west-1' }, { 'aws:PrincipalTag/a': 'b' }] },
        },
      }),
      found: ['*'],
    },
    'a condition that one variant leaves out': {
      properties: allow('bedrock:*', '*', {
        Condition: {
          StringEquals: { 'Fn::If': ['Strict', { 'aws:RequestedRegion': 'eu-west-1' }, { Ref: 'AWS::NoValue' }] },
        },
      }),
      found: ['*'],
    },
    'an ARN outside': {
      properties: allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:1:q'),
      found: ['arn:aws:sqs:us-east-1:1:q'],
    },
    'Bedrock on everything': { properties: allow('bedrock:InvokeModel', '*'), found: ['*'] },
    'all of Bedrock on everything': { properties: allow(['s3:Get*', 'bedrock:*'], ['*']), found: ['*'] },
    'everything on everything': { properties: allow('*', '*'), found: ['*'] },
    'models of every Region': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/*'),
      found: ['arn:aws:bedrock:*::foundation-model/*'],
    },
    'models without Region, which permits global routing': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:::foundation-model/x'),
      found: ['arn:aws:bedrock:::foundation-model/x'],
    },
    'every profile of a Region': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1:1:inference-profile/*'),
      found: ['arn:aws:bedrock:eu-central-1:1:inference-profile/*'],
    },
    'everything of Bedrock in a Region': {
      properties: allow('bedrock:Invoke*', 'arn:aws:bedrock:eu-central-1:*:*'),
      found: ['arn:aws:bedrock:eu-central-1:*:*'],
    },
    'a condition that lets a Region outside through': {
      properties: allow('bedrock:*', '*', { Condition: requested('eu-central-1', 'us-east-1') }),
      found: ['*'],
    },
    'a condition that also holds in the rest of the world': {
      properties: allow('bedrock:*', '*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } }),
      found: ['*'],
    },
    'all actions but some': {
      properties: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      found: ['*'],
    },
    'an effect that a parameter decides': {
      properties: policy({ Effect: { Ref: 'Effect' }, Action: 'bedrock:*', Resource: '*' }),
      found: ['*'],
    },
    'an effect that a function writes': {
      properties: policy({ Effect: { 'Fn::Sub': 'Allow' }, Action: 'bedrock:*', Resource: '*' }),
      found: ['*'],
    },
    'a condition that opens a Region outside': {
      properties: allow('s3:GetObject', '*', { Condition: requested('eu-west-1', 'us-east-1') }),
      found: ['us-east-1'],
    },
    'a condition in one branch that opens a Region outside': {
      properties: allow('s3:GetObject', '*', {
        Condition: {
          StringLike: {
            'Fn::If': ['Strict', { 'aws:RequestedRegion': 'us-west-2' }, { 'aws:RequestedRegion': 'eu-west-1' }],
          },
        },
      }),
      found: ['us-west-2'],
    },
    'a Region as the value of another key': {
      properties: allow('bedrock:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/home': 'eu-west-1' } } }),
      found: ['*'],
    },
    'an operator that IAM does not know': {
      properties: allow('bedrock:*', '*', { Condition: { StringEqualsIfAny: { 'aws:RequestedRegion': 'eu-west-1' } } }),
      found: ['*'],
    },
    'a Deny of some services next to all actions but some': {
      properties: policy(
        { Effect: 'Allow', NotAction: ['bedrock*:*', 'sagemaker:*'], Resource: 'arn:aws:sqs:us-east-1:1:q' },
        { Effect: 'Deny', Action: 's?s:*', Resource: '*', Condition: notRequested('eu-west-1') },
      ),
      found: ['arn:aws:sqs:us-east-1:1:q'],
    },
    'a Deny without a resource': { properties: withDeny({ Resource: undefined }), found: ['*'] },
    'a Deny without an action': { properties: withDeny({ Action: undefined }), found: ['*'] },
    'a condition that holds when no value is compared': {
      properties: allow('bedrock:*', '*', {
        Condition: { 'ForAllValues:StringEquals': { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
      found: ['*'],
    },
    'a condition in one branch only': {
      properties: allow('bedrock:*', '*', {
        Condition: { 'Fn::If': ['Strict', requested('eu-west-1'), { Ref: 'AWS::NoValue' }] },
      }),
      found: ['*'],
    },
    'a condition on a Region that may be outside': {
      properties: allow('bedrock:*', '*', {
        Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'Either' } } },
      }),
      found: ['*'],
    },
    'a condition on a Region known only at deployment': {
      properties: allow('bedrock:*', '*', {
        Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'Open' } } },
      }),
      found: ['*'],
    },
    'a Deny of some calls only': { properties: withDeny({ Action: 'bedrock:InvokeModel' }), found: ['*'] },
    'a Deny of a pattern that leaves calls': {
      properties: withDeny({ Action: 'bedrock:Invoke?' }, 'bedrock:Invoke*'),
      found: ['*'],
    },
    'a Deny that leaves Bedrock out': {
      properties: withDeny({ Action: undefined, NotAction: ['iam:*', 'bedrock:*'] }),
      found: ['*'],
    },
    'a Deny with a second operator': {
      properties: withDeny({ Condition: { ...notRequested('eu-west-1'), Bool: { 'aws:ViaAWSService': 'false' } } }),
      found: ['*'],
    },
    'a Deny with a second key': {
      properties: withDeny({
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'], 'aws:PrincipalArn': 'arn:x' } },
      }),
      found: ['*'],
    },
    'a Deny that leaves a Region outside open': {
      properties: withDeny({ Condition: notRequested('eu-west-1', 'us-east-1') }),
      found: ['*'],
    },
    'a Deny of some resources': { properties: withDeny({ Resource: 'arn:aws:bedrock:us-east-1:*:*' }), found: ['*'] },
    'a Deny in one branch only': {
      properties: policy(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          'Fn::If': [
            'Strict',
            { Effect: 'Deny', Action: '*', Resource: '*', Condition: notRequested('eu-west-1') },
            { Ref: 'AWS::NoValue' },
          ],
        },
      ),
      found: ['*'],
    },
    'a Deny that a parameter makes an Allow': {
      properties: withDeny({ Effect: { Ref: 'Effect' } }),
      found: ['*', '*'],
    },
    'a Deny of other services next to an ARN outside': {
      properties: policy(
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:1:q' },
        { Effect: 'Deny', Action: 'bedrock:*', Resource: '*', Condition: notRequested('eu-west-1') },
      ),
      found: ['arn:aws:sqs:us-east-1:1:q'],
    },
    'everything that has an ARN': { properties: allow('bedrock:InvokeModel', 'arn:aws:*'), found: ['arn:aws:*'] },
    'a service that a wildcard names': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:*:*:*:*'),
      found: ['arn:aws:*:*:*:*'],
    },
    'Regions that begin alike, London among them': {
      properties: allow('bedrock:InvokeModel', 'arn:aws:bedrock:eu-*::foundation-model/x'),
      found: ['arn:aws:bedrock:eu-*::foundation-model/x'],
    },
    'an unlisted action': { properties: allow('bedrock:ApplyGuardrail', '*'), found: ['*'] },
    'an unlisted service of Bedrock': { properties: allow('bedrock-next:SendPrompt', '*'), found: ['*'] },
    'endpoints of every Region': {
      properties: allow('sagemaker:InvokeEndpoint', 'arn:aws:sagemaker:*:1:endpoint/*'),
      found: ['arn:aws:sagemaker:*:1:endpoint/*'],
    },
    'an endpoint outside': {
      properties: allow('sagemaker:InvokeEndpoint', 'arn:aws:sagemaker:us-east-1:1:endpoint/x'),
      found: ['arn:aws:sagemaker:us-east-1:1:endpoint/x'],
    },
    'agents of every Region': { properties: allow('bedrock:InvokeAgent', '*'), found: ['*'] },
    'the other endpoint of Bedrock': { properties: allow('bedrock-mantle:*', '*'), found: ['*'] },
    'a policy written as text': {
      properties: {
        PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }] }),
      },
      found: ['*'],
    },
    'a pattern that something absent is joined to': {
      properties: allow('bedrock:*', { 'Fn::Join': ['', ['*', { Ref: 'AWS::NoValue' }]] }),
      found: ['*'],
    },
    'all resources but some': {
      properties: policy({ Effect: 'Allow', Action: 'bedrock:*', NotResource: 'arn:x' }),
      found: ['/Properties/PolicyDocument/Statement/0'],
    },
  },
});

testRule(iamReach, {
  type: 'AWS::IAM::Policy',
  template: { Parameters: { Where: { Type: 'String' } } },
  compliant: {},
  violating: {
    'a Region known only at deployment': {
      properties: allow('bedrock:InvokeModel', { 'Fn::Sub': 'arn:aws:bedrock:${Where}::foundation-model/x' }),
      found: ['arn:aws:bedrock:<unresolved>::foundation-model/x'],
      level: 'unresolved',
    },
    'a resource from elsewhere': {
      properties: allow('bedrock:InvokeModel', { 'Fn::ImportValue': 'Elsewhere' }),
      found: ['<unresolved>'],
      level: 'unresolved',
    },
    'a profile known only at deployment': {
      properties: allow('bedrock:InvokeModel', {
        'Fn::Sub': 'arn:aws:bedrock:eu-central-1:1:inference-profile/${Where}',
      }),
      found: ['arn:aws:bedrock:eu-central-1:1:inference-profile/<unresolved>'],
      level: 'unresolved',
    },
    'an action known only at deployment': {
      properties: allow({ Ref: 'Where' }, '*'),
      found: ['*'],
      level: 'unresolved',
    },
    'a policy that is no JSON': {
      properties: { PolicyDocument: '{"Statement": [' },
      found: ['/Properties/PolicyDocument'],
      level: 'unresolved',
    },
    'a policy known only at deployment': {
      properties: { PolicyDocument: { Ref: 'Where' } },
      found: ['/Properties/PolicyDocument'],
      level: 'unresolved',
    },
    'a statement known only at deployment': {
      properties: policy({ 'Fn::ImportValue': 'Elsewhere' }),
      found: ['/Properties/PolicyDocument/Statement/0'],
      level: 'unresolved',
    },
  },
});

const WIDE = { Statement: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }] };

testRule(iamReach, {
  type: 'AWS::SSO::PermissionSet',
  compliant: { "AWS's policy for reading": { ManagedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
  violating: {
    'an inline policy': { properties: { InlinePolicy: WIDE }, found: ['*'] },
  },
});

testRule(iamReach, {
  type: 'AWS::SSO::PermissionSet',
  compliant: {},
  violating: {
    "AWS's policy for everything": {
      properties: { ManagedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      found: ['AdministratorAccess'],
      level: 'unresolved',
    },
  },
});

testRule(iamReach, {
  type: 'AWS::Serverless::Function',
  compliant: {
    'a name, a template of SAM and a document': {
      Policies: [
        'AWSLambdaBasicExecutionRole',
        { DynamoDBCrudPolicy: { TableName: 'x' } },
        { Statement: [{ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: EU_MODEL }] },
      ],
    },
    'one name': { Policies: 'AWSLambdaBasicExecutionRole' },
  },
  violating: {
    'a document in a list': { properties: { Policies: [WIDE] }, found: ['*'] },
    'a document alone': { properties: { Policies: WIDE }, found: ['*'] },
  },
});

testRule(iamReach, {
  type: 'AWS::Serverless::Function',
  compliant: {},
  violating: {
    'the name of a wide policy': {
      properties: { Policies: ['AmazonBedrockFullAccess'] },
      found: ['AmazonBedrockFullAccess'],
      level: 'unresolved',
    },
    'a policy from elsewhere': {
      properties: { Policies: [{ 'Fn::ImportValue': 'Elsewhere' }] },
      found: ['/Properties/Policies/0'],
      level: 'unresolved',
    },
  },
});

testRule(iamReach, {
  type: 'AWS::IAM::Role',
  template: { Parameters: { Where: { Type: 'String' } }, Resources: { Own: { Type: 'AWS::IAM::ManagedPolicy' } } },
  compliant: {
    'a policy in the app': { ManagedPolicyArns: [{ Ref: 'Own' }] },
    "AWS's policy for logs": {
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  },
  violating: {
    "AWS's policy for all of Bedrock": {
      properties: {
        ManagedPolicyArns: [
          { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonBedrockFullAccess']] },
        ],
      },
      found: ['AmazonBedrockFullAccess'],
      level: 'unresolved',
    },
    'a policy from elsewhere': {
      properties: { ManagedPolicyArns: [{ 'Fn::ImportValue': 'Elsewhere' }] },
      found: ['/Properties/ManagedPolicyArns/0'],
      level: 'unresolved',
    },
    'a name known only at deployment': {
      properties: { ManagedPolicyArns: [{ 'Fn::Sub': 'arn:aws:iam::aws:policy/${Where}' }] },
      found: ['arn:aws:iam::aws:policy/<unresolved>'],
      level: 'unresolved',
    },
  },
});

describe.each(['RolePolicy', 'UserPolicy', 'GroupPolicy', 'ManagedPolicy'])('AWS::IAM::%s', (name) => {
  testRule(iamReach, {
    type: `AWS::IAM::${name}`,
    compliant: { 'one model inside': allow('bedrock:InvokeModel', EU_MODEL) },
    violating: { 'Bedrock on everything': { properties: allow('bedrock:InvokeModel', '*'), found: ['*'] } },
  });
});

describe.each(['User', 'Group'])('AWS::IAM::%s', (name) => {
  testRule(iamReach, {
    type: `AWS::IAM::${name}`,
    compliant: { 'no policy': {} },
    violating: {
      'an inline policy': { properties: { Policies: [{ PolicyDocument: WIDE }] }, found: ['*'] },
    },
  });
});

const inline = {
  Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' } } }],
};

testRule(iamReach, {
  type: 'AWS::IAM::Role',
  compliant: {},
  violating: {
    'an inline policy': { properties: inline, found: ['*'] },
    'an inline policy under a permissions boundary': {
      properties: { ...inline, PermissionsBoundary: 'arn:aws:iam::111122223333:policy/Boundary' },
      found: ['*'],
    },
  },
});
