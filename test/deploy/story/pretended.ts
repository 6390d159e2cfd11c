import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Deployed } from '../machine/deployed';
import type { Ledger } from '../machine/emulator';
import { ROOT } from '../machine/folders';
import type { Report } from '../machine/report';

/** What a green line doesn't say, by service. docs/DEPLOY-TEST.md has the same rows. */
export const PRETENDED: readonly (readonly [what: string, how: string])[] = [
  [
    'CloudFormation',
    'checks only what the emulator or our own types check; the deployment role is named, never assumed',
  ],
  [
    'IAM',
    'policies of roles, keys, buckets and endpoints are decided as the emulator reads them, but not those of tables and topics, nor conditions on leading keys; no SCP, no boundary, no act of a service',
  ],
  [
    'KMS',
    "key policies and encryption contexts decide calls to KMS itself, which hides data keys by a sum of its own; the stores don't ask it, and no key ever rotates",
  ],
  [
    'DynamoDB',
    'key, recovery and expiry are settings: nothing is encrypted but by our function, restored or expired; only deletion is refused',
  ],
  ['S3', 'lifecycle, lock, public access block and logging are settings that nothing tries; loopback counts as TLS'],
  ['CloudWatch Logs', 'retention and key are settings; no service writes to a log group, and no filter counts'],
  [
    'CloudWatch, SNS, EventBridge',
    'alarms, topic and rules are records: none goes off, nobody is told, no schedule fires',
  ],
  ['Cognito', 'its sign-in page gives real codes and signed tokens, and asks for no second factor; groups are its own'],
  [
    'API Gateway',
    'our front stands for it: routes, permission and own answers are those of the emulator; it asks for a token, which the function alone verifies',
  ],
  [
    'API Gateway, left out',
    'TLS, host names, the right execute-api:Invoke, throttling, limits of size and time, access logs',
  ],
  [
    'Lambda',
    "the deployed zip runs on Node 24 of this machine with its role's credentials: not on arm64, not in the VPC, without limits",
  ],
  [
    'Bedrock',
    'answers, settings of each Region and where profiles lead are fakes: no model runs, nobody keeps to a mode',
  ],
  [
    'EC2',
    'network and endpoints are records: no traffic, no flow log; a call as the role of a function in the VPC is decided by the endpoint too',
  ],
  [
    'Step Functions',
    'executions run, wait and call the deployed functions of rights; the log of the state machine is a setting, and what jobs wait for, from minutes to a week, is taken off their rows',
  ],
  [
    'ACM, DNS',
    'a certificate is issued at once, for nobody checks who has the name; no name is resolved, the front goes by the host',
  ],
  ['WAF', 'rules, association and log are records: no request is inspected'],
  ['CloudTrail', 'the trail is a record: no event is recorded or delivered'],
  ['Regions', 'stores of one process, kept apart by the Region that a request is signed for'],
];

/** Properties that the emulator never reads, and why that is all right. */
const DROPPED: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata Analytics': 'is for AWS alone',
  'AWS::EC2::FlowLog DeliverLogsPermissionArn': 'no flow log is written',
  'AWS::KMS::Key PendingWindowInDays': 'is read when a key is deleted, which ours never are',
  'AWS::S3::Bucket AccessControl': "of the CLI's own bucket",
};

/** Types that are created, and that no reading looks at. */
const UNREAD: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Deployment': 'the emulator publishes an API without it',
  'AWS::CDK::Metadata': 'is for AWS alone',
  'AWS::EC2::SubnetRouteTableAssociation': 'route tables are read, not which subnet uses which',
};

/** Types that a reading or the story looks at. */
const READ = new Set(
  [
    'ApiGateway::Account ApiGateway::Authorizer ApiGateway::GatewayResponse ApiGateway::Method ApiGateway::Resource ApiGateway::RestApi',
    'CloudWatch::Alarm Cognito::UserPool Cognito::UserPoolClient Cognito::UserPoolDomain Cognito::UserPoolGroup',
    'Events::Rule Logs::MetricFilter SNS::Subscription SNS::Topic SNS::TopicPolicy',
    'ApiGateway::DomainName ApiGatewayV2::ApiMapping ApiGateway::Stage CloudTrail::Trail DynamoDB::GlobalTable EC2::FlowLog EC2::RouteTable EC2::SecurityGroup',
    'EC2::SecurityGroupIngress EC2::Subnet EC2::VPC EC2::VPCEndpoint IAM::Policy IAM::Role KMS::Alias KMS::Key',
    'Lambda::Function Lambda::Permission Logs::LogGroup Logs::ResourcePolicy S3::Bucket S3::BucketPolicy',
    'StepFunctions::StateMachine WAFv2::LoggingConfiguration WAFv2::WebACL WAFv2::WebACLAssociation',
  ]
    .flatMap((line) => line.split(' '))
    .map((type) => `AWS::${type}`)
    .concat('Custom::BedrockRetention', 'Custom::DestinationCheck', 'Custom::KeySet', 'Custom::ContentRetention'),
);

/** Prints what is only pretended, and fails on anything that is pretended without being said. */
export async function pretended(report: Report, deployed: Deployed, ledger: Ledger): Promise<void> {
  for (const [what, how] of PRETENDED) console.log(`only pretended: ${what}: ${how}`);
  for (const [type, why] of Object.entries(UNREAD)) console.log(`not read back: ${type}: ${why}`);
  for (const [property, why] of Object.entries(DROPPED)) console.log(`dropped by the emulator: ${property}: ${why}`);

  await report.check('the emulator drops these properties, and no others', () => {
    const dropped = ledger.ignored.map(({ type, property }) => `${type} ${property}`);
    const unsaid = dropped.filter((property) => !(property in DROPPED));
    assert.deepEqual(unsaid, [], 'complete them in test/deploy/emulator/completions, or say why not in pretended.ts');
    const read = Object.keys(DROPPED).filter((property) => !dropped.includes(property));
    assert.deepEqual(read, [], 'they are read now; take them out of pretended.ts');
  });
  await report.check('every type of the templates is read back, or said not to be', () => {
    const unsaid = deployed.types.filter((type) => !READ.has(type) && !(type in UNREAD));
    assert.deepEqual(unsaid, [], 'read them back in test/deploy/read-back, or say why not in pretended.ts');
    return `${deployed.types.length} types, ${deployed.resources.length} resources`;
  });
  await report.check('docs/DEPLOY-TEST.md says the same', () => {
    const page = readFileSync(path.join(ROOT, 'docs/DEPLOY-TEST.md'), 'utf8');
    const rows = [...PRETENDED, ...Object.entries(UNREAD), ...Object.entries(DROPPED)].map(
      ([what, how]) => `| ${what} | ${how} |`,
    );
    assert.deepEqual(
      rows.filter((row) => !page.includes(row)),
      [],
      'add these rows to docs/DEPLOY-TEST.md',
    );
  });
}
