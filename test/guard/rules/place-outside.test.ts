import { gzipSync } from 'node:zlib';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { placeOutside } from '@/lib/guard/rules/place-outside';
import { findingsOf, testRule } from './rule-tester';

const env = (value: unknown) => ({ Environment: { Variables: { TARGET: value } } });

testRule(placeOutside, {
  template: {
    Parameters: {
      Bad: { Type: 'String', Default: 'us-west-2' },
      Open: { Type: 'String' },
      Many: { Type: 'String', AllowedValues: ['eu-west-1', 'ap-south-1'] },
    },
    Mappings: { Zones: { 'eu-central-1': { zone: 'eu-central-1a' }, 'us-east-1': { zone: 'us-east-1a' } } },
    Conditions: {
      Prod: { 'Fn::Equals': [{ Ref: 'Open' }, 'prod'] },
      Virginia: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    },
    Resources: { Other: { Type: 'AWS::S3::Bucket' } },
  },
  compliant: {
    'a message for people': { BlockedInputMessaging: 'ask without naming us-east-1' },
    "a Region in an identity's name": env('arn:aws:iam::111122223333:role/cdk-us-east-1'),
    'a Region of the EU': env('eu-west-3'),
    'the deploy Region': env({ Ref: 'AWS::Region' }),
    'an ARN of the deploy Region': env({ 'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:t' }),
    'another resource': env({ 'Fn::GetAtt': ['Other', 'Arn'] }),
    'the row of a mapping for the deploy Region': env({ 'Fn::FindInMap': ['Zones', { Ref: 'AWS::Region' }, 'zone'] }),
    'a branch that the deploy Region excludes': env({ 'Fn::If': ['Virginia', 'us-east-1', 'eu-west-1'] }),
    'a zone of the deploy Region': env({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }),
    'a description': { Description: 'moved from us-east-1' },
    'a tag': { Tags: [{ Key: 'origin', Value: 'us-east-1' }] },
    'an event pattern': { EventPattern: { region: ['us-east-1'] } },
    'a Deny': { PolicyDocument: { Statement: [{ Effect: 'Deny', Resource: 'arn:aws:sqs:us-east-1:1:q' }] } },
    'a condition of a policy': {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } },
        ],
      },
    },
    'a service principal': {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com', 's3.amazonaws.com'] } }],
      },
    },
    'an EU profile in Frankfurt': env('eu.anthropic.claude-sonnet-4-6'),
    'a word that only looks like a Region': env('focus-east-12'),
    'a name that ends like a Region': env('campus-north-1'),
    "a name that begins with a Region but isn't a zone": env('orders-eu-central-1-dev-1'),
    'another with a letter': env('eu-central-1-prd-1a'),
    'the same in snake case': env('EU_CENTRAL_1_PRD_1'),
    'an instance that is called like the id of a zone': env('redis1-az1'),
    another: env('web2-az1'),
    'the id of a zone of the deploy Region': env('euc1-az1'),
    'the id of a zone in Hamburg': env('euc1-ham1-az1'),
    'an event that begins like a geography': env('eu.orders.created-v1'),
    'a topic that begins like another': env('us.billing.v2-a'),
  },
  violating: {
    Virginia: { properties: env('us-east-1'), found: ['us-east-1'] },
    'London, an eu- Region outside the EU': { properties: env('eu-west-2'), found: ['eu-west-2'] },
    'Zurich, another': { properties: env('eu-central-2'), found: ['eu-central-2'] },
    'an unknown Region': { properties: env('eu-central-9'), found: ['eu-central-9'] },
    'upper case': { properties: env('US-EAST-1'), found: ['US-EAST-1'] },
    'after a line break that is written out': { properties: env('x = "first\\nus-east-1"'), found: ['us-east-1'] },
    'snake case': { properties: env('US_EAST_1'), found: ['US_EAST_1'] },
    'a zone': { properties: env('us-east-1a'), found: ['us-east-1a'] },
    'Istanbul under Frankfurt': { properties: env('eu-central-1-ist-1a'), found: ['eu-central-1-ist-1a'] },
    'the id of a zone in Zurich': { properties: env('euc2-az1'), found: ['euc2-az1'] },
    'the id of the zone in Casablanca': { properties: env('euw3-cmn1-wlz1'), found: ['euw3-cmn1-wlz1'] },
    'an unknown zone under Paris': { properties: env('eu-west-3-dkr-wlz-1a'), found: ['eu-west-3-dkr-wlz-1a'] },
    'a Region at the end of a name': { properties: env('backup-us-east-1'), found: ['us-east-1'] },
    'a key': { properties: { Environment: { Variables: { 'us-east-1': 'x' } } }, found: ['us-east-1'] },
    'a Region in the midst of a name': {
      properties: env('orders-us-east-1-dev-1'),
      found: ['us-east-1-dev-1'],
    },
    'a zone of a city that is known': { properties: env('eu-west-1-cmn-1a'), found: ['eu-west-1-cmn-1a'] },
    'the group of a zone': { properties: env('eu-central-1-ist-1'), found: ['eu-central-1-ist-1'] },
    'the id of a zone in Istanbul': { properties: env('euc1-ist1-az1'), found: ['euc1-ist1-az1'] },
    'a zone in snake case': { properties: env('EU_CENTRAL_1_IST_1A'), found: ['EU_CENTRAL_1_IST_1A'] },
    'an unknown zone where a zone belongs': {
      properties: { AvailabilityZones: ['eu-central-1-xyz-1a'] },
      found: ['eu-central-1-xyz-1a'],
    },
    'an unknown zone id where a zone belongs': {
      properties: { Environment: { Variables: { AZ_ID: 'eue9-az1' } } },
      found: ['eue9-az1'],
    },
    "an unknown vendor's profile in a model property": {
      properties: { Environment: { Variables: { MODEL_ID: 'us.newcomer.great-v1:0' } } },
      found: ['us.newcomer.great-v1:0'],
    },
    'an ARN': {
      properties: env('arn:aws:sqs:us-east-2:111122223333:q'),
      found: ['arn:aws:sqs:us-east-2:111122223333:q'],
    },
    'an ARN put together': {
      properties: env({
        'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'sqs', 'us-east-2', { Ref: 'AWS::AccountId' }, 'q']],
      }),
      found: ['arn:aws:sqs:us-east-2:…:q'],
    },
    'a host': { properties: env('https://sqs.us-west-1.amazonaws.com/1/q'), found: ['sqs.us-west-1.amazonaws.com'] },
    'the worldwide endpoint of STS': { properties: env('https://sts.amazonaws.com'), found: ['sts.amazonaws.com'] },
    'an API outside AWS': { properties: env('https://api.openai.com/v1'), found: ['api.openai.com'] },
    'a global profile': {
      properties: env('global.anthropic.claude-sonnet-4-6'),
      found: ['global.anthropic.claude-sonnet-4-6'],
    },
    'a US profile': { properties: env('us.anthropic.claude-sonnet-4-6'), found: ['us.anthropic.claude-sonnet-4-6'] },
    'the default of a parameter': { properties: env({ Ref: 'Bad' }), found: ['us-west-2'] },
    'an allowed value of a parameter': { properties: env({ 'Fn::Sub': 'x-${Many}' }), found: ['ap-south-1'] },
    'a row that can be reached': {
      properties: env({ 'Fn::FindInMap': ['Zones', { Ref: 'Open' }, 'zone'] }),
      found: ['us-east-1a'],
    },
    'one branch of a condition': {
      properties: env({ 'Fn::If': ['Prod', 'us-east-1', 'eu-west-1'] }),
      found: ['us-east-1'],
    },
    'JSON inside a text': { properties: env('{"service":"S3","region":"us-east-1"}'), found: ['us-east-1'] },
    'a Region that something absent is joined to': {
      properties: env({ 'Fn::Join': ['-', ['us-east-1', { Ref: 'AWS::NoValue' }]] }),
      found: ['us-east-1'],
    },
    'a Region with an absent branch in its midst': {
      properties: env({
        'Fn::Join': [
          '-',
          ['us', 'east', '1', { 'Fn::If': ['Prod', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::NoValue' }] }],
        ],
      }),
      found: ['us-east-1'],
    },
    'a variable called Effect, which makes no Deny': {
      properties: { Environment: { Variables: { Effect: 'Deny', REGION: 'us-east-1' } } },
      found: ['us-east-1'],
    },
    'variables called like comments': {
      properties: { Environment: { Variables: { RegionComment: 'us-east-1', Tags: 'us-west-2' } } },
      found: ['us-east-1', 'us-west-2'],
    },
    'transfer acceleration': {
      properties: env('https://b.s3-accelerate.amazonaws.com'),
      found: ['b.s3-accelerate.amazonaws.com'],
    },
    'a multi-Region access point': {
      properties: env('https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com'),
      found: ['mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com'],
    },
    'its ARN': {
      properties: env('arn:aws:s3::111122223333:accesspoint/mfz.mrap'),
      found: ['arn:aws:s3::111122223333:accesspoint/mfz.mrap'],
    },
    'an API outside AWS in other letters': { properties: env('https://API.OpenAI.com/v1'), found: ['API.OpenAI.com'] },
    'a zone id of a Region that no fact names': { properties: env('apne1-az1'), found: ['apne1-az1'] },
    'a profile of an unknown vendor': {
      properties: env('us.writer.palmyra-x5-v1:0'),
      found: ['us.writer.palmyra-x5-v1:0'],
    },
    'a profile of an unknown geography': {
      properties: env('sa.anthropic.claude-x-1'),
      found: ['sa.anthropic.claude-x-1'],
    },
    'a script': {
      properties: { UserData: { 'Fn::Base64': 'aws s3 cp x s3://y --region us-east-1' } },
      found: ['us-east-1'],
    },
  },
});

testRule(placeOutside, {
  template: {
    Parameters: {
      Where: { Type: 'String' },
      A: { Type: 'String', AllowedValues: ['us-', 'x', 'y', 'z', 'w'] },
      B: { Type: 'String', AllowedValues: ['east-1', 'b', 'c', 'd'] },
      C: { Type: 'String', AllowedValues: ['east-1', 'b', 'c', 'd'] },
      D: { Type: 'String', AllowedValues: ['east-1', 'b', 'c', 'd'] },
    },
  },
  compliant: {
    'a host without Region that is only a name': env('dynamodb.amazonaws.com'),
    'a host that begins like a geography': env('https://eu.shop-2.example.com'),
  },
  violating: {
    'an ARN whose Region is known only at deployment': {
      properties: env({ 'Fn::Sub': 'arn:aws:events:${Where}:111122223333:event-bus/x' }),
      found: ['arn:aws:events:<unresolved>:111122223333:event-bus/x'],
      level: 'unresolved',
    },
    'an endpoint without Region': {
      properties: env('https://dynamodb.amazonaws.com'),
      found: ['dynamodb.amazonaws.com'],
      level: 'unresolved',
    },
    'more values than can be checked': {
      properties: env({ 'Fn::Sub': '${A}${B}${C}${D}' }),
      found: ['<many values><many values><many values><many values>'],
      level: 'unresolved',
    },
  },
});

testRule(placeOutside, {
  type: 'AWS::EC2::Instance',
  compliant: {},
  violating: {
    'a start script in Base64': {
      properties: { UserData: Buffer.from('aws s3 sync / s3://x --region us-east-1').toString('base64') },
      found: ['us-east-1'],
    },
  },
});

test('only the template of a stack set is left to its own rule', () => {
  const properties = { TemplateBody: 'us-east-1', Settings: { Properties: { TemplateBody: 'us-west-2' } } };
  const found = findingsOf(placeOutside, properties, { type: 'AWS::CloudFormation::StackSet' });
  expect(found.map(({ value }) => value)).toEqual(['us-west-2']);
});

test('only the Regions that Security Hub leaves out are information', () => {
  const properties = { RegionLinkingMode: 'ALL_REGIONS_EXCEPT_SPECIFIED', Regions: ['us-east-1'], Home: 'us-west-2' };
  const found = findingsOf(placeOutside, properties, { type: 'AWS::SecurityHub::FindingAggregator' });
  expect(found.map(({ level, value }) => [level, value])).toEqual([
    ['info', 'us-east-1'],
    ['block', 'us-west-2'],
  ]);
});

testRule(placeOutside, {
  type: 'Custom::Anything',
  compliant: {},
  violating: {
    'what a custom resource calls a Deny, a tag or a description': {
      properties: { Effect: 'Deny', Region: 'us-east-1', Tags: 'us-west-1', Description: 'us-west-2' },
      found: ['us-east-1', 'us-west-1', 'us-west-2'],
    },
  },
});

test('scripts that an instance runs from its metadata are checked', () => {
  const { findings } = checkTemplate(
    {
      Resources: {
        I: {
          Type: 'AWS::EC2::Instance',
          Metadata: {
            Comment: 'moved from us-east-1',
            'AWS::CloudFormation::Init': {
              config: { commands: { a: { command: 'aws s3 sync / s3://x --region us-east-1' } } },
            },
          },
        },
      },
    },
    { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-west-1' },
  );
  expect(findings.map((finding) => finding.path)).toEqual([
    '/Metadata/AWS::CloudFormation::Init/config/commands/a/command',
  ]);
});

testRule(placeOutside, {
  deployRegion: 'eu-west-2',
  compliant: {},
  violating: {
    'an EU profile called from London': {
      properties: env('eu.anthropic.claude-sonnet-4-6'),
      found: ['eu.anthropic.claude-sonnet-4-6'],
    },
  },
});

const levels = (type: string, properties: Readonly<Record<string, unknown>>) =>
  findingsOf(placeOutside, properties, { type }).map(({ level }) => level);

const image = '1.dkr.ecr.us-east-1.amazonaws.com/i';
const code = 'code-us-east-1';

test.each([
  ['AWS::Lambda::Function', { Code: { ImageUri: image } }],
  ['AWS::Lambda::Function', { Code: { S3Bucket: code } }],
  ['AWS::Lambda::Function', { Layers: ['arn:aws:lambda:us-east-1:1:layer:l:1'] }],
  ['AWS::Lambda::LayerVersion', { Content: { S3Bucket: code } }],
  ['AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: image }] }],
  ['AWS::Serverless::Function', { CodeUri: { Bucket: code } }],
  ['AWS::CodeBuild::Project', { Environment: { Image: image } }],
])('a source of %s code outside the boundary is informational: %j', (type, properties) => {
  expect(levels(type, properties)).toEqual(['info']);
});

test.each([
  ['Custom::Copy', { Code: { S3Bucket: code } }],
  ['Custom::Copy', { TemplateURL: 'https://b.s3.us-east-1.amazonaws.com/t' }],
  ['AWS::DataSync::Task', { Location: code }],
  ['AWS::Serverless::Function', { Code: { S3Bucket: code } }],
])('a property that is only named like a code source blocks: %s %j', (type, properties) => {
  expect(levels(type, properties)).toEqual(['block']);
});

test.each([
  ['AWS::IAM::Role', { RoleName: 'app-us-east-1' }],
  ['AWS::Lambda::Function', { FunctionName: 'app-us-east-1' }],
  ['AWS::S3::Bucket', { BucketName: 'app-us-east-1' }],
  ['AWS::ECS::Service', { ServiceName: 'app-us-east-1' }],
  ['AWS::Lambda::Function', env('arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-us-east-1')],
  ['AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[{"properties":{"region":"us-east-1"}}]}' }],
  [
    'AWS::CloudWatch::Dashboard',
    { DashboardBody: '{"widgets":[{"properties":{"markdown":"https://api.openai.com"}}]}' },
  ],
  ['AWS::Lambda::Url', { Cors: { AllowOrigins: ['https://api.openai.com'] } }],
  ['AWS::Cognito::UserPoolClient', { CallbackURLs: ['https://d1.cloudfront.net/cb'] }],
  ['AWS::Cognito::UserPoolClient', { LogoutURLs: ['https://d1.cloudfront.net/cb'] }],
])('a name or a restricting list is informational: %s %j', (type, properties) => {
  expect(levels(type, properties)).toEqual(['info']);
});

test.each([
  ['AWS::Lambda::EventSourceMapping', { FunctionName: 'arn:aws:lambda:us-east-1:1:function:f' }],
  ['AWS::DMS::Endpoint', { ServerName: 'db.us-east-1.example.com' }],
  ['AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-east-1.s3' }],
  ['AWS::CloudTrail::Trail', { S3BucketName: 'trail-us-east-1' }],
  ['AWS::ApiGateway::DomainName', { DomainName: 'd1.cloudfront.net' }],
  ['AWS::SSM::Parameter', { Value: '{"queueName":"app-us-east-1"}' }],
  ['AWS::Lambda::Function', { Environment: { Variables: { TableName: 'app-us-east-1' } } }],
  ['Custom::Copy', { AllowedOrigins: 'us-east-1' }],
  ['AWS::Lambda::Function', env('arn:aws:iam::111122223333:role/app-us-east-1 in us-east-1')],
  [
    'AWS::CloudWatch::Dashboard',
    { DashboardBody: '{"widgets":[{"properties":{"endpoint":"arn:aws:lambda:us-east-1:1:function:f"}}]}' },
  ],
])('a name that is a place blocks: %s %j', (type, properties) => {
  expect(levels(type, properties)).toEqual(['block']);
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['AWS::EC2::Instance', { UserData: base64('aws s3 sync / s3://x --region us-east-1').replace(/.{20}/g, '$&\n') }],
  ['AWS::Lambda::Function', env(base64('{"region":"us-east-1"}'))],
  ['AWS::Lambda::Function', env(base64(base64('region: us-east-1')))],
  [
    'AWS::ECS::TaskDefinition',
    { ContainerDefinitions: [{ Environment: [{ Name: 'CONFIG', Value: base64('region = us-east-1') }] }] },
  ],
])('Base64 is decoded: %s', (type, properties) => {
  expect(levels(type, properties)).toEqual(['block']);
});

test("bytes that aren't text are ignored", () => {
  expect(levels('AWS::Lambda::Function', env(Buffer.from('\0us-east-1 us-east-1').toString('base64')))).toEqual([]);
});

test.each([
  '{"us-east-1":{"weight":1}}',
  '{"api.openai.com":true}',
  '{"Ref":"us-east-1"}',
  '{"us-east-1 Description":"x"}',
  '{"Fn::GetAtt":["us-east-1","Arn"]}',
  '"{\\"a\\":\\"us\\\\u002deast-1\\"}"',
])('keys and values of a document inside a text are final: %s', (Value) => {
  expect(levels('AWS::SSM::Parameter', { Value })).toEqual(['block']);
});

test('the pointer resolves to the value', () => {
  const [finding] = findingsOf(placeOutside, { Policies: [{ 'a/b~c': ['eu-west-1', 'us-east-1'] }] });
  expect(finding?.path).toBe('/Properties/Policies/0/a~1b~0c/1');
});

const script = (content: string) => ({ UserData: gzipSync(content).toString('base64') });

test("a compressed start script is decompressed, and one beyond the limit doesn't pass", () => {
  const found = (content: string) =>
    findingsOf(placeOutside, script(content), { type: 'AWS::EC2::Instance' }).map(({ value, level }) => [value, level]);
  expect(found('aws s3 sync / s3://x --region us-east-1')).toEqual([['us-east-1', 'block']]);
  expect(found('aws s3 sync / s3://x --region eu-west-1')).toEqual([]);
  expect(found('0'.repeat(3_000_000))).toEqual([['<many values>', 'unresolved']]);
});
