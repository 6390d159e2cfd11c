import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Deployed } from '../harness/deployed';
import type { Ledger } from '../harness/emulator';
import { ROOT } from '../harness/folders';
import type { Report } from '../harness/report';
import { DECIDED_BY, decidedRows } from './decided-by';

/** What a passing check doesn't prove, by service. docs/DEPLOY-TEST.md has the same rows. */
export const SIMULATED: readonly (readonly [what: string, how: string])[] = [
  [
    'CloudFormation',
    'Only the checks of the emulator and of our own types run. The deployment role is named, but never assumed.',
  ],
  [
    'IAM',
    "Policies of roles, keys and buckets decide, as the emulator reads them. Policies of endpoints decide as our correction reads them, because the emulator evaluates none. Policies of tables and topics don't decide, nor do conditions on leading keys. There are no SCPs, no permissions boundaries and no acts of services.",
  ],
  [
    'KMS',
    "Key policies and encryption contexts decide calls to KMS itself, which wraps data keys by a scheme of its own. The stores don't call it, and no key rotates.",
  ],
  [
    'DynamoDB',
    'Key, recovery and expiry are settings: only our function encrypts, and nothing is restored or expires. Only deletion protection works.',
  ],
  ['S3', 'Lifecycle, public access block and logging are settings that nothing tests. Loopback counts as TLS.'],
  [
    'CloudWatch Logs',
    "Retention and key are settings. No service writes to a log group: the test writes the gateways' records, and gives those for the ledger the time of an hour that is over. No filter counts or selects.",
  ],
  [
    'CloudWatch, SNS, EventBridge',
    'Alarms, topic and rules are records: no alarm fires, no message is sent, and no schedule runs.',
  ],
  [
    'Cognito',
    "The sign-in page issues real codes and signed tokens, and requires no second factor. Groups are the pool's own.",
  ],
  [
    'API Gateway',
    'Our own server replaces it. Routes, permissions and gateway responses are those that the emulator stored. The server requires a token, and only the function verifies it.',
  ],
  [
    'API Gateway, left out',
    'TLS, host names, the permission execute-api:Invoke, throttling, limits of size and time, access logs',
  ],
  [
    'Lambda',
    "The deployed zip runs on Node 24 of this machine, with its role's credentials. It doesn't run on arm64 or in the VPC, and has no limits.",
  ],
  [
    'Bedrock',
    'Answers, Region settings and profile Regions are fakes: no model runs, and no retention mode has an effect.',
  ],
  [
    'EC2',
    'Network and endpoints are records, without traffic or flow logs. By our correction, the endpoint policy also decides calls by the role of a function in the VPC.',
  ],
  [
    'Step Functions',
    'Executions run, wait and call the deployed rights functions. The log of the state machine is a setting. The test removes the wait times of jobs, from minutes to a week, from their rows.',
  ],
  [
    'ACM, DNS',
    "A certificate is issued at once, and the name's owner isn't checked. No name is resolved: our server routes by host name.",
  ],
  ['WAF', 'Rules, association and log are records: no request is inspected.'],
  ['CloudTrail', 'The trail is a record: no event is recorded or delivered.'],
  ['Regions', 'They are stores in one process, separated by the Region for which a request is signed.'],
];

/** Properties that the emulator never reads, each with the reason why this is acceptable. */
const DROPPED: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata Analytics': 'only AWS uses it',
  'AWS::CloudWatch::Dashboard Tags': 'nothing decides by them',
  'AWS::EC2::FlowLog DeliverLogsPermissionArn': 'no flow log is written',
  'AWS::KMS::Key PendingWindowInDays': 'it is read when a stack deletes a key, and our keys are retained',
  'AWS::Lambda::EventSourceMapping Tags': 'nothing decides by them',
  'AWS::S3::Bucket AccessControl': "it is on the CLI's own bucket",
};

/** Types that are created but not read back, each with the reason. */
const UNREAD: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Deployment': 'the emulator publishes an API without it',
  'AWS::CDK::Metadata': 'only AWS uses it',
  'AWS::CloudWatch::Dashboard':
    'only people use it; a unit test compares its searches with the metrics that gateways send',
  'AWS::EC2::SubnetRouteTableAssociation': 'route tables are read, but not which subnet uses which',
};

/** Types that a read-back or a scenario checks. */
const READ = new Set(
  [
    'ApiGateway::Account ApiGateway::Authorizer ApiGateway::GatewayResponse ApiGateway::Method ApiGateway::Resource ApiGateway::RestApi',
    'CloudWatch::Alarm Cognito::UserPool Cognito::UserPoolClient Cognito::UserPoolDomain Cognito::UserPoolGroup',
    'Events::Rule Logs::MetricFilter SNS::Subscription SNS::Topic SNS::TopicPolicy',
    'ApiGateway::DomainName ApiGatewayV2::ApiMapping ApiGateway::Stage CloudTrail::Trail DynamoDB::GlobalTable EC2::FlowLog EC2::RouteTable EC2::SecurityGroup',
    'EC2::SecurityGroupIngress EC2::Subnet EC2::VPC EC2::VPCEndpoint IAM::Policy IAM::Role KMS::Alias KMS::Key',
    // Without the mapping, no member would have a key, and no message would be stored.
    'Lambda::EventSourceMapping Lambda::Function Lambda::Permission Logs::LogGroup Logs::ResourcePolicy S3::Bucket S3::BucketPolicy',
    'StepFunctions::StateMachine WAFv2::LoggingConfiguration WAFv2::WebACL WAFv2::WebACLAssociation',
  ]
    .flatMap((line) => line.split(' '))
    .map((type) => `AWS::${type}`)
    .concat('Custom::BedrockRetention', 'Custom::DestinationCheck', 'Custom::KeySet', 'Custom::ContentRetention'),
);

/** The section of these checks, which look at no service. */
export const OWN = 'simulated only';

const unusedOf = (sections: readonly string[]) =>
  Object.keys(DECIDED_BY).filter((section) => !sections.includes(section));

/** Prints what is simulated only, and fails if anything is simulated without a row. */
export async function simulatedOnly(report: Report, deployed: Deployed, ledger: Ledger): Promise<void> {
  for (const [what, how] of SIMULATED) console.log(`simulated only: ${what}: ${how}`);
  for (const [type, why] of Object.entries(UNREAD)) console.log(`not read back: ${type}: ${why}`);
  for (const [property, why] of Object.entries(DROPPED)) console.log(`dropped by the emulator: ${property}: ${why}`);

  await report.check('the emulator drops these properties, and no others', () => {
    const dropped = ledger.ignored.map(({ type, property }) => `${type} ${property}`);
    const unexplained = dropped.filter((property) => !(property in DROPPED));
    assert.deepEqual(
      unexplained,
      [],
      'complete them in test/deploy/emulator/completions, or give the reason in simulated.ts',
    );
    const read = Object.keys(DROPPED).filter((property) => !dropped.includes(property));
    assert.deepEqual(read, [], 'they are read now; remove them from simulated.ts');
  });
  await report.check('every type of the templates is read back, or listed with a reason', () => {
    const unexplained = deployed.types.filter((type) => !READ.has(type) && !(type in UNREAD));
    assert.deepEqual(unexplained, [], 'read them back in test/deploy/read-back, or give the reason in simulated.ts');
    return `${deployed.types.length} types, ${deployed.resources.length} resources`;
  });
  await report.check('every section of the run says whose code decides it', () => {
    const sections = [...new Set(report.results.map(({ section }) => section))].filter((section) => section !== OWN);
    assert.deepEqual(
      { missing: sections.filter((section) => !(section in DECIDED_BY)), unused: unusedOf(sections) },
      { missing: [], unused: [] },
      'correct the rows of decided-by.ts',
    );
    return `${sections.length} sections`;
  });
  await report.check('docs/DEPLOY-TEST.md contains the same rows', () => {
    const page = readFileSync(path.join(ROOT, 'docs/DEPLOY-TEST.md'), 'utf8');
    const rows = [...SIMULATED, ...Object.entries(UNREAD), ...Object.entries(DROPPED)].map(
      ([what, how]) => `| ${what} | ${how} |`,
    );
    rows.push(...decidedRows());
    assert.deepEqual(
      rows.filter((row) => !page.includes(row)),
      [],
      'add these rows to docs/DEPLOY-TEST.md',
    );
  });
}
