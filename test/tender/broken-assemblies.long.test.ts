import { type AnnexFacts, tenderAnswer } from '@/lib/evidence/tender/annex';
import type { AnswerId } from '@/lib/evidence/tender/answers';
import { deployedTemplates } from '../support/deployed-templates';

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template of any shape is changed.
  Properties: any;
}
type Resources = Record<string, Resource>;

const DEPLOYED = Object.entries(deployedTemplates()).map(([stack, template]) => ({
  stack,
  template: template.toJSON(),
}));

/** A deployment in which something was changed. */
function changed(change: (resource: Resource, id: string, all: Resources) => void): AnnexFacts {
  const templates = DEPLOYED.map(({ stack, template }) => {
    const copy = structuredClone(template) as { Resources: Resources };
    for (const [id, resource] of Object.entries(copy.Resources)) change(resource, id, copy.Resources);
    return { file: `${stack}.json`, stack, group: 'app', template: copy as never };
  });
  return { templates, attested: new Map(), titles: new Map(), date: '2026-11-30' };
}

const ofType = (type: string, change: (properties: Resource['Properties'], id: string) => void) =>
  changed((resource, id) => {
    if (resource.Type === type) change(resource.Properties, id);
  });
const without = (type: string, named = /./) =>
  changed((resource, id, all) => {
    if (resource.Type === type && named.test(id)) delete all[id];
  });
const table = (named: RegExp, change: (properties: Resource['Properties']) => void) =>
  ofType('AWS::DynamoDB::GlobalTable', (properties, id) => {
    if (named.test(id)) change(properties);
  });
const bucket = (named: RegExp, change: (properties: Resource['Properties']) => void) =>
  ofType('AWS::S3::Bucket', (properties, id) => {
    if (named.test(id)) change(properties);
  });
const added = (Type: string) =>
  changed((_, __, all) => {
    all.Added = { Type, Properties: {} };
  });

const CASES: readonly (readonly [what: string, facts: AnnexFacts, refuted: readonly AnswerId[]])[] = [
  ['no second factor', ofType('AWS::Cognito::UserPool', (p) => (p.MfaConfiguration = 'OFF')), ['access.second-factor']],
  ['no user pool', without('AWS::Cognito::UserPool'), ['access.sign-in', 'access.second-factor']],
  [
    'longer sessions',
    ofType('AWS::Cognito::UserPoolClient', (p) => (p.RefreshTokenValidity = 43_200)),
    ['access.sessions'],
  ],
  [
    'a table of content without a key of the workspace',
    table(/ConversationsTable/, (p) => {
      p.SSESpecification = { SSEEnabled: false };
      delete p.Replicas[0].SSESpecification;
    }),
    ['keys.customer', 'keys.member'],
  ],
  [
    "a bucket of content under S3's key",
    bucket(/FilesBucket/, (p) => {
      p.BucketEncryption = {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      };
    }),
    ['keys.customer'],
  ],
  [
    'a table of content without backups',
    table(/ConversationsTable/, (p) => {
      p.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = false;
    }),
    ['operations.backup'],
  ],
  [
    'longer backups of keys',
    table(/BranchKeysTable/, (p) => {
      p.Replicas[0].PointInTimeRecoverySpecification.RecoveryPeriodInDays = 35;
    }),
    ['content.erasure'],
  ],
  [
    'content without expiry',
    table(/ConversationsTable/, (p) => delete p.TimeToLiveSpecification),
    ['content.retention'],
  ],
  [
    'an old version of TLS',
    ofType('AWS::ApiGateway::RestApi', (p) => (p.SecurityPolicy = 'TLS_1_0')),
    ['keys.transit'],
  ],
  ['a bucket without a policy', without('AWS::S3::BucketPolicy', /FilesBucket/), ['keys.transit']],
  ['a trail that is stopped', ofType('AWS::CloudTrail::Trail', (p) => (p.IsLogging = false)), ['evidence.trail']],
  [
    'a trail of management events only',
    ofType('AWS::CloudTrail::Trail', (p) => p.AdvancedEventSelectors.splice(1)),
    ['evidence.trail'],
  ],
  ['no lock', bucket(/EvidenceBucket/, (p) => delete p.ObjectLockConfiguration), ['evidence.trail']],
  [
    'a log without a period',
    ofType('AWS::Logs::LogGroup', (p, id) => {
      if (id.startsWith('LedgerClose')) delete p.RetentionInDays;
    }),
    ['evidence.retention'],
  ],
  ['an API without a web ACL', without('AWS::WAFv2::WebACLAssociation', /^Projects/), ['network.firewall']],
  ['a NAT gateway', added('AWS::EC2::NatGateway'), ['network.isolated', 'network.egress']],
  [
    'a firewall where requests are handled',
    added('AWS::NetworkFirewall::Firewall'),
    ['network.isolated', 'network.egress'],
  ],
  ['public addresses', ofType('AWS::EC2::Subnet', (p) => (p.MapPublicIpOnLaunch = true)), ['network.isolated']],
  ['functions outside the network', ofType('AWS::Lambda::Function', (p) => delete p.VpcConfig), ['network.isolated']],
  [
    'traces',
    ofType('AWS::Lambda::Function', (p) => (p.TracingConfig = { Mode: 'Active' })),
    ['operations.hardening', 'content.none-of-projects'],
  ],
  ['a server', added('AWS::EC2::Instance'), ['operations.hardening']],
  ['a cluster', added('AWS::EKS::Cluster'), ['operations.hardening']],
  [
    'a role with every action',
    ofType('AWS::IAM::Policy', (p) => p.PolicyDocument.Statement.push({ Effect: 'Allow', Action: '*', Resource: '*' })),
    ['access.least-privilege'],
  ],
  [
    'an alarm without a recipient',
    ofType('AWS::CloudWatch::Alarm', (p) => delete p.AlarmActions),
    ['operations.alarms'],
  ],
  [
    'a check that is off',
    ofType('AWS::Events::Rule', (p) => (p.State = 'DISABLED')),
    ['evidence.settings-check', 'evidence.records', 'place.processing'],
  ],
];

const ALL = [...new Set(CASES.flatMap(([, , refuted]) => refuted))];

test('of the deployment itself, none of these statements is refuted', () => {
  const facts = changed(() => {});
  expect(ALL.filter((id) => tenderAnswer(id, facts).status !== 'provided')).toEqual([]);
  expect(ALL.filter((id) => tenderAnswer(id, facts).basis !== 'template')).toEqual([]);
});

test.each(CASES)('%s refutes what rests on it', (_, facts, refuted) => {
  expect(refuted.filter((id) => tenderAnswer(id, facts).status !== 'not-met')).toEqual([]);
});

test('options that an assembly does not have are not claimed for it', () => {
  const facts = changed(() => {});
  const options: AnswerId[] = ['keys.own', 'network.host-name', 'operations.recovery'];
  expect(options.map((id) => tenderAnswer(id, facts).status)).toEqual(options.map(() => 'not-met'));
});

test('a resource of some type alone is no basis', () => {
  const facts = changed(() => {});
  expect(tenderAnswer('access.four-eyes', facts)).toMatchObject({ status: 'provided', basis: 'tested' });
});
