import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, type Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { FoundationProps } from '@/lib/constructs/foundation/foundation-props';
import { DataEvents } from '@/lib/constructs/foundation/recorded-stores';
import { plainApp, REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { CRYPTOGRAPHIC, isAccountWide, keyStatements, names } from '../../support/key-policy';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';

const models = [{ id: 'assistant', destinations: [{ id: `eu.${HAIKU}` }] }];
const foundationIn = (stack: Stack, props: Partial<FoundationProps> = {}) =>
  new Foundation(stack, 'Shared', { boundary, models, alerts: Alerts.to('security@example.eu'), ...props });

type Properties = ReturnType<Template['findResources']>[string];

const stack = stackIn('eu-central-1');
const foundation = foundationIn(stack);
const auditor = new iam.Role(stack, 'Auditor', { assumedBy: new iam.AccountRootPrincipal() });
foundation.grantReadEvidence(auditor);
const template = Template.fromStack(stack);
const all = (type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const text = (type: string) => JSON.stringify(template.findResources(type));
const only = (type: string): Properties => {
  const [first, ...rest] = all(type);
  if (first === undefined || rest.length > 0) throw new Error(`not one ${type}`);
  return first;
};
const nameOf = ({ ServiceName }: Properties) =>
  (typeof ServiceName === 'string' ? ServiceName : ServiceName['Fn::Join'][1].at(-1)).split('.').at(-1);
const endpointPolicy = (service: string): Properties[] =>
  all('AWS::EC2::VPCEndpoint').find((endpoint) => nameOf(endpoint) === service)?.PolicyDocument.Statement;

test.each(REFUSED_REGIONS)('a foundation in %s is refused', (_, region, found) => {
  expect(() => foundationIn(stackIn(region))).toThrow(
    `Chat/Shared must be deployed inside the EU because personal data passes through it, got ${found}`,
  );
});

test('AwsSolutions finds only acknowledged findings', () => {
  const findings = nagFindings(stack).filter((finding) => !finding.includes('Auditor'));
  expect(findings).toEqual(
    ['BedrockRetention', 'DestinationCheck'].map(
      (name) => `AwsSolutions-IAM5[Resource::*] at Chat/Shared/${name}/Provider/Role/Resource`,
    ),
  );
});

test('no resource names a Region outside the boundary', () => {
  expect(JSON.stringify(template.toJSON())).not.toMatch(/us-east-1|eu-west-2|eu-central-2/);
});

describe('the network', () => {
  test.each(['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route', 'AWS::EC2::VPNGateway'])(
    'has no %s',
    (type) => template.resourceCountIs(type, 0),
  );

  test('has no public addresses', () => {
    expect(all('AWS::EC2::Subnet').map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([false, false]);
  });

  test('spans two zones, known without a look-up', () => {
    expect(all('AWS::EC2::Subnet').map(({ AvailabilityZone }) => AvailabilityZone)).toEqual([
      'eu-central-1a',
      'eu-central-1b',
    ]);
  });

  test('spans the zones that are named', () => {
    const named = stackIn('eu-central-1');
    foundationIn(named, { availabilityZones: ['eu-central-1a', 'eu-central-1c'] });
    for (const AvailabilityZone of ['eu-central-1a', 'eu-central-1c']) {
      Template.fromStack(named).hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone });
    }
  });

  test.each([
    ['one', ['eu-central-1a'], "'eu-central-1a'"],
    ['the same twice', ['eu-central-1a', 'eu-central-1a'], "'eu-central-1a, eu-central-1a'"],
    ['one of another Region', ['eu-central-1a', 'eu-west-1a'], "'eu-central-1a, eu-west-1a'"],
    ['none', [], 'none'],
  ])('refuses %s for zones', (_, availabilityZones, found) => {
    expect(() => foundationIn(stackIn('eu-central-1'), { availabilityZones })).toThrow(
      "Chat/Shared/Network: 'availabilityZones' must be two or three zones of eu-central-1, each once, because a VPC serves its own Region and " +
        `one zone may fail, got ${found}; use zones such as eu-central-1a, eu-central-1b`,
    );
  });

  test('has no function of CDK’s own', () => {
    const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
    expect(functions).toEqual([
      expect.stringMatching(/^SharedBedrockRetentionProviderFunction/),
      expect.stringMatching(/^SharedDestinationCheckProviderFunction/),
    ]);
  });

  test('logs its traffic under a key for half a year', () => {
    const flow = only('AWS::EC2::FlowLog');
    const group = template.findResources('AWS::Logs::LogGroup')[flow.LogGroupName.Ref];
    expect(flow.TrafficType).toBe('ALL');
    expect(group?.Properties).toMatchObject({ KmsKeyId: expect.anything(), RetentionInDays: 180 });
  });
});

describe('the endpoints', () => {
  test('are the ones that a gateway uses', () => {
    expect(all('AWS::EC2::VPCEndpoint').map(nameOf).sort()).toEqual(['bedrock-runtime', 'dynamodb', 'kms', 's3']);
  });

  test.each(['bedrock-runtime', 'dynamodb', 'kms', 's3'])('%s serves this account only', (service) => {
    const statements = endpointPolicy(service);
    expect(statements.length).toBeGreaterThan(0);
    for (const { Condition } of statements) expect(Condition.StringEquals['aws:PrincipalAccount']).toBe('111122223333');
  });

  test('bedrock-runtime serves only the destinations', () => {
    const resources = endpointPolicy('bedrock-runtime').flatMap(({ Resource }) => Resource);
    const regions = resources.map((arn) => /:bedrock:([a-z0-9-]+):/.exec(JSON.stringify(arn))?.[1]);
    expect(new Set(regions)).toEqual(new Set(foundation.destinations.flatMap((destination) => destination.regions)));
    expect(JSON.stringify(resources)).not.toContain('*');
  });

  test('of type interface resolve the services’ own names', () => {
    const interfaces = all('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    expect(interfaces.map(({ PrivateDnsEnabled }) => PrivateDnsEnabled)).toEqual([true, true]);
  });

  test('accept only clients over HTTPS', () => {
    expect(all('AWS::EC2::SecurityGroupIngress')).toEqual([
      expect.objectContaining({
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        SourceSecurityGroupId: stack.resolve(foundation.clientSecurityGroup.securityGroupId),
        GroupId: stack.resolve(foundation.endpointSecurityGroup.securityGroupId),
      }),
    ]);
    expect(text('AWS::EC2::SecurityGroup')).not.toContain('SecurityGroupIngress');
  });

  test.each([
    ['there is no destination', []],
    ['every destination is called in another Region', [{ id: 'eu.amazon.nova-lite-v1:0', region: 'eu-west-3' }]],
  ])('have none for Bedrock if %s', (_, destinations) => {
    const elsewhere = stackIn('eu-north-1');
    foundationIn(elsewhere, { models: destinations.length === 0 ? [] : [{ id: 'fast', destinations }] });
    const names = Object.values(elsewhere.node.findAll())
      .filter(ec2.CfnVPCEndpoint.isCfnVPCEndpoint)
      .map(({ serviceName }) => elsewhere.resolve(serviceName));
    expect(JSON.stringify(names)).toContain('kms');
    expect(JSON.stringify(names)).not.toContain('bedrock');
  });
});

test('clients can only use HTTPS', () => {
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
  });
  expect(text('AWS::EC2::SecurityGroup')).not.toContain('"IpProtocol":"-1"');
});

describe('the models', () => {
  test('are decided once, with destinations for the gateways', () => {
    expect(foundation.destinations).toMatchObject([
      { id: `eu.${HAIKU}`, modelId: HAIKU, sourceRegion: 'eu-central-1', throughProfile: true },
    ]);
  });

  test.each([
    ['called in London', { id: `eu.${HAIKU}`, region: 'eu-west-2' }, 'must be served inside the EU'],
    ['with a global profile', { id: `global.${HAIKU}` }, 'any commercial Region'],
  ])('%s are refused', (_, destination, found) => {
    const make = () =>
      foundationIn(stackIn('eu-central-1'), { models: [{ id: 'assistant', destinations: [destination] }] });
    expect(make).toThrow("Chat/Shared: model 'assistant' must be");
    expect(make).toThrow(found);
  });

  test('in the EU are refused under a narrower boundary', () => {
    const make = () => foundationIn(stackIn('eu-central-1'), { boundary: ResidencyBoundary.countries('DE') });
    expect(make).toThrow("model 'assistant' must be served inside DE");
  });
});

describe('the web ACL', () => {
  const acl = only('AWS::WAFv2::WebACL');

  test('is regional', () => expect(acl.Scope).toBe('REGIONAL'));

  test('samples nothing', () => {
    const configs = [acl, ...acl.Rules].map(({ VisibilityConfig }) => VisibilityConfig.SampledRequestsEnabled);
    expect(configs).toEqual([false, false, false, false]);
  });

  test('checks addresses and whether there is a key, and reads no body', () => {
    expect(acl.Rules.map(({ Statement }: Properties) => Statement)).toEqual([
      { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 10_000 } },
      { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesAmazonIpReputationList' } },
      { RateBasedStatement: { AggregateKeyType: 'CONSTANT', Limit: 3_000, ScopeDownStatement: expect.anything() } },
    ]);
  });

  /** A statement in short: its field, and what it compares. */
  const short = ({
    AndStatement: and,
    ByteMatchStatement: begins,
    SizeConstraintStatement: size,
  }: Properties): unknown =>
    and?.Statements.map(short) ??
    (begins
      ? [begins.FieldToMatch, begins.PositionalConstraint, begins.SearchString]
      : [size.FieldToMatch, size.ComparisonOperator, size.Size]);
  const WITH_KEY = [
    [{ SingleHeader: { Name: 'authorization' } }, 'STARTS_WITH', 'bearer '],
    [{ SingleHeader: { Name: 'x-api-key' } }, 'GT', 0],
  ];
  const exempt = ({ Statement }: Properties) =>
    Statement.RateBasedStatement.ScopeDownStatement.NotStatement.Statement.OrStatement.Statements.map(short);

  test('limits requests without a key from all addresses together, and exempts no method', () => {
    expect(acl.Rules[2].Action).toEqual({ Block: {} });
    expect(exempt(acl.Rules[2])).toEqual(WITH_KEY);
  });

  test('limits the preflights of browsers apart, if an API answers them', () => {
    const shared = stackIn('eu-central-1');
    foundationIn(shared, { requestsWithoutKeyPerFiveMinutes: 50 })._answersPreflights = true;
    const [{ Properties }] = Object.values(Template.fromStack(shared).findResources('AWS::WAFv2::WebACL')) as [
      Properties,
    ];
    const preflight = [
      [{ Method: {} }, 'EXACTLY', 'OPTIONS'],
      [{ SingleHeader: { Name: 'origin' } }, 'GT', 0],
      [{ SingleHeader: { Name: 'access-control-request-method' } }, 'GT', 0],
    ];
    expect(exempt(Properties.Rules[2])).toEqual([...WITH_KEY, preflight]);
    const { Name, Action, Statement } = Properties.Rules[3];
    expect([Name, Action]).toEqual(['Preflights', { Block: {} }]);
    const { ScopeDownStatement, ...rate } = Statement.RateBasedStatement;
    expect(rate).toEqual({ AggregateKeyType: 'CONSTANT', Limit: 50 });
    expect(short(ScopeDownStatement)).toEqual(preflight);
  });

  test.each([
    [{ requestsPerFiveMinutes: 500 }, [500, 3_000]],
    [{ requestsWithoutKeyPerFiveMinutes: 50 }, [10_000, 50]],
  ])('has other limits on request: %p', (props, limits) => {
    const shared = stackIn('eu-central-1');
    foundationIn(shared, props);
    const [{ Properties }] = Object.values(Template.fromStack(shared).findResources('AWS::WAFv2::WebACL')) as [
      Properties,
    ];
    const rates = Properties.Rules.flatMap(({ Statement }: Properties) => Statement.RateBasedStatement ?? []);
    expect(rates.map(({ Limit }: Properties) => Limit)).toEqual(limits);
  });

  test('logs only blocked requests, because an entry repeats every header', () => {
    const { LoggingFilter } = only('AWS::WAFv2::LoggingConfiguration');
    expect(LoggingFilter).toEqual({
      DefaultBehavior: 'DROP',
      Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
    });
  });

  test('logs no credential, no path and no query', () => {
    const { RedactedFields } = only('AWS::WAFv2::LoggingConfiguration');
    expect(RedactedFields).toEqual([
      { SingleHeader: { Name: 'authorization' } },
      { SingleHeader: { Name: 'cookie' } },
      { SingleHeader: { Name: 'x-api-key' } },
      { QueryString: {} },
      { UriPath: {} },
    ]);
  });

  test('logs to an encrypted group whose name WAF accepts', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.stringLikeRegexp('^aws-waf-logs-'),
      KmsKeyId: Match.anyValue(),
    });
    expect(text('AWS::WAFv2::LoggingConfiguration')).toMatch(/log-group:aws-waf-logs-[A-Za-z0-9-]+"/);
  });

  test('alone can write there, on behalf of this account', () => {
    const document = JSON.stringify(only('AWS::Logs::ResourcePolicy').PolicyDocument).replaceAll('\\', '');
    expect(document).toContain('"aws:SourceAccount":"111122223333"');
    expect(document).toMatch(/log-group:aws-waf-logs-[A-Za-z0-9-]+:log-stream:\*/);
  });

  test('accepts the configured number of requests', () => {
    const other = stackIn('eu-central-1');
    foundationIn(other, { requestsPerFiveMinutes: 500 });
    Template.fromStack(other).hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([Match.objectLike({ Statement: { RateBasedStatement: { Limit: 500 } } })]),
    });
  });
});

describe('the trail', () => {
  const trail = only('AWS::CloudTrail::Trail');
  const selector = (name: RegExp) =>
    trail.AdvancedEventSelectors.find(({ Name }: Properties) => name.test(Name)).FieldSelectors;

  test('covers all Regions, to copy IAM’s changes to this one', () => {
    expect(trail).toMatchObject({ IsLogging: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true });
  });

  test('has log file validation', () => expect(trail.EnableLogFileValidation).toBe(true));

  test('records management events, including every use of a key', () => {
    expect(selector(/Management/)).toEqual([{ Field: 'eventCategory', Equals: ['Management'] }]);
  });

  const arnsOf = (from: Stack, type: 'tables' | 'buckets') => {
    const [{ Properties }] = Object.values(Template.fromStack(from).findResources('AWS::CloudTrail::Trail')) as [
      Properties,
    ];
    const { FieldSelectors } = Properties.AdvancedEventSelectors.find(({ Name }: Properties) => Name.includes(type));
    return FieldSelectors[2];
  };
  const startsOf = ({ StartsWith }: Properties): string[] =>
    StartsWith.map((one: Properties) =>
      one['Fn::Join'][1].filter((part: unknown) => typeof part === 'string').join('aws'),
    );

  test('records each use of a table of the app', () => {
    const [, type, arn] = selector(/tables/);
    expect(type.Equals).toEqual(['AWS::DynamoDB::Table']);
    expect(startsOf(arn)).toEqual(['arn:aws:dynamodb:eu-central-1:111122223333:table/Chat-']);
  });

  test('records each use of an object of the app, except its own deliveries', () => {
    const [, type, arn] = selector(/buckets/);
    expect(type.Equals).toEqual(['AWS::S3::Object']);
    expect(startsOf(arn)).toEqual(['arn:aws:s3:::chat-']);
    expect(arn.NotStartsWith).toHaveLength(2);
    expect(JSON.stringify(arn.NotStartsWith)).toContain('Evidence');
    expect(JSON.stringify(arn.NotStartsWith)).toContain('AccessLogs');
  });

  test('records the stores of later stacks, by a shared beginning or by their own', () => {
    const app = plainApp();
    const shared = stackIn('eu-central-1', 'exemple-foundation', app);
    foundationIn(shared, { storeNamePrefix: 'exemple-' });
    for (const name of ['exemple-workspace-sciences', 'exemple-workspace-office']) {
      new s3.Bucket(stackIn('eu-central-1', name, app), 'Files');
    }
    new s3.Bucket(stackIn('eu-central-1', 'A-stack-with-a-name-longer-than-24', app), 'Own');
    new s3.Bucket(stackIn('eu-central-1', 'Named', app), 'Own', { bucketName: 'letters' });
    const table = { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING } };
    new dynamodb.TableV2(stackIn('eu-west-3', 'Paris', app), 'Table', table);
    expect(startsOf(arnsOf(shared, 'buckets'))).toEqual(
      ['a-stack-with-a-name-longe', 'exemple-', 'letters'].map((name) => `arn:aws:s3:::${name.slice(0, 24)}`),
    );
    expect(startsOf(arnsOf(shared, 'tables'))).toEqual(
      ['eu-central-1', 'eu-west-3'].flatMap((region) =>
        ['Paris-', 'exemple-'].map((name) => `arn:aws:dynamodb:${region}:111122223333:table/${name}`),
      ),
    );
  });

  test('records every bucket if the name of one is known only at deployment', () => {
    const app = plainApp();
    const shared = stackIn('eu-central-1', 'exemple-foundation', app);
    foundationIn(shared, { storeNamePrefix: 'exemple-' });
    const other = stackIn('eu-central-1', 'Other', app);
    new s3.Bucket(other, 'Own', { bucketName: `own-${Aws.ACCOUNT_ID}` });
    expect(startsOf(arnsOf(shared, 'buckets'))).toEqual(['arn:aws:s3:::']);
  });

  test('records all stores of the account on request', () => {
    const shared = stackIn('eu-central-1');
    foundationIn(shared, { dataEvents: DataEvents.ACCOUNT });
    expect(startsOf(arnsOf(shared, 'tables'))).toEqual(['arn:aws:dynamodb:eu-central-1:111122223333:table/']);
    expect(arnsOf(shared, 'buckets').StartsWith).toBeUndefined();
    expect(arnsOf(shared, 'buckets').NotStartsWith).toHaveLength(2);
  });

  test('is refused with more selected stores than CloudTrail accepts', () => {
    const app = plainApp();
    foundationIn(stackIn('eu-central-1', 'Shared', app));
    const names = Array.from({ length: 500 }, (_, index) => `letters-${index}-`);
    const many = stackIn('eu-central-1', 'Many', app);
    for (const [index, bucketName] of names.entries())
      new s3.CfnBucket(many, `B${index}`, { bucketName: `${bucketName}x` });
    expect(() => app.synth()).toThrow(
      /the trail would select 50\d tables and buckets, but CloudTrail accepts at most 490/,
    );
  });

  test('is written to the evidence bucket, under its key', () => {
    expect(trail.S3BucketName).toEqual(stack.resolve(foundation.evidenceBucket.bucketName));
    expect(trail.KMSKeyId).toEqual(stack.resolve(foundation.evidenceBucket.encryptionKey?.keyArn));
  });

  test('is created after the policy that allows it to write', () => {
    const [resource] = Object.values(template.findResources('AWS::CloudTrail::Trail'));
    expect(JSON.stringify(resource?.DependsOn)).toContain('EvidenceBucketPolicy');
  });

  test('is the only CloudTrail source that can write', () => {
    const statements = all('AWS::S3::BucketPolicy')
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Principal }) => Principal.Service === 'cloudtrail.amazonaws.com');
    expect(statements).toHaveLength(2);
    for (const { Condition } of statements) {
      expect(Condition.StringEquals['aws:SourceArn']).toEqual(stack.resolve(foundation.trailArn));
    }
  });
});

describe('evidence', () => {
  const retention = (bucket: Properties) => bucket.ObjectLockConfiguration?.Rule.DefaultRetention;
  const locked = (from: Template) =>
    Object.values(from.findResources('AWS::S3::Bucket'))
      .map(({ Properties }) => retention(Properties))
      .filter(Boolean);

  test('can’t be deleted for a year', () => expect(locked(template)).toEqual([{ Mode: 'GOVERNANCE', Days: 365 }]));

  test('can be locked even against root', () => {
    const other = stackIn('eu-central-1');
    foundationIn(other, { evidenceRetention: s3.ObjectLockRetention.compliance(Duration.days(730)) });
    expect(locked(Template.fromStack(other))).toEqual([{ Mode: 'COMPLIANCE', Days: 730 }]);
  });

  const denied = (sid: string) =>
    all('AWS::S3::BucketPolicy')
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .find(({ Sid, Effect }) => Sid === sid && Effect === 'Deny');

  test('can’t be deleted early by any principal, whatever IAM allows', () => {
    expect(denied('NobodyBypassesTheLock')).toMatchObject({
      Action: 's3:BypassGovernanceRetention',
      Principal: { AWS: '*' },
      Resource: stack.resolve(foundation.evidenceBucket.arnForObjects('*')),
    });
    expect(denied('NobodyBypassesTheLock').Condition).toBeUndefined();
  });

  test('is written by the trail under the keys and with the period that CloudTrail chooses, and by nothing else', () => {
    const exempt = { 'aws:SourceArn': stack.resolve(foundation.trailArn) };
    expect(denied('NobodyLocksForLess').Condition.StringNotEquals).toEqual(exempt);
    const others = all('AWS::S3::BucketPolicy')
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes('aws-kms-key-id'));
    expect(others.map(({ Condition }) => Condition)).toEqual([
      {
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': expect.anything(), ...exempt },
      },
    ]);
  });

  test('can’t be locked for a shorter period by its writers', () => {
    expect(denied('NobodyLocksForLess')).toMatchObject({
      Action: ['s3:PutObject', 's3:PutObjectRetention'],
      Principal: { AWS: '*' },
      Condition: { NumericLessThan: { 's3:object-lock-remaining-retention-days': 364 } },
    });
  });

  test('can be locked for another period only by the deployment', () => {
    expect(denied('OnlyTheDeploymentSetsThePeriod')).toMatchObject({
      Action: 's3:PutBucketObjectLockConfiguration',
      Principal: { AWS: '*' },
      Resource: stack.resolve(foundation.evidenceBucket.bucketArn),
    });
    expect(JSON.stringify(denied('OnlyTheDeploymentSetsThePeriod').Condition.ArnNotEquals)).toContain(
      ':role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1"',
    );
  });

  test('with a period under six months is refused', () => {
    const evidenceRetention = s3.ObjectLockRetention.governance(Duration.days(183));
    expect(() => foundationIn(stackIn('eu-central-1'), { evidenceRetention })).toThrow(
      "Chat/Shared/Evidence: 'evidenceRetention' must be at least 184 days because evidence deleted before an audit proves nothing, got 183 days; use ObjectLockRetention.governance(Duration.days(184)) or longer",
    );
  });

  test('is deleted at the end of its period, except certificates, which outlive the trail by years', () => {
    const expiries = (from: Template) =>
      Object.values(from.findResources('AWS::S3::Bucket', { Properties: { ObjectLockEnabled: true } }))
        .flatMap(({ Properties }) => Properties.LifecycleConfiguration.Rules)
        .filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
        .map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]);
    expect(expiries(template)).toEqual([
      ['AWSLogs/', 365],
      ['bedrock-retention/', 365],
      ['ledger/20', 400],
      ['ledger/checkpoints/', 400],
      ['certificates/', 3_650],
    ]);
    const longer = stackIn('eu-central-1');
    foundationIn(longer, { evidenceRetention: s3.ObjectLockRetention.governance(Duration.days(4_000)) });
    expect(expiries(Template.fromStack(longer)).map(([, days]) => days)).toEqual(Array(5).fill(4_000));
    const own = stackIn('eu-central-1');
    foundationIn(own, { ledgerRetention: Duration.days(500) });
    expect(expiries(Template.fromStack(own)).map(([, days]) => days)).toEqual([365, 365, 500, 500, 3_650]);
    expect(() => foundationIn(stackIn('eu-central-1'), { ledgerRetention: Duration.days(364) })).toThrow(
      "Chat/Shared/Evidence: 'ledgerRetention' must be at least 365 days because the bucket's policy denies shorter locks, got 364 days; use a longer Duration, or a shorter 'evidenceRetention'",
    );
  });

  test('can be read only by grantees, through S3', () => {
    const readers = keyStatements(stack)
      .filter((statement) => names(statement, 'kms:Decrypt'))
      .filter(({ Principal }) => Principal.Service === undefined)
      .filter(({ Condition }) => !JSON.stringify(Condition).includes('sns.'));
    expect(readers).toMatchObject([
      {
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': stack.resolve(auditor.roleArn) },
          StringEquals: { 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] },
        },
      },
    ]);
  });
});

test.each(CRYPTOGRAPHIC)('root and the account have no %s on the keys of logs, evidence and alerts', (action) => {
  const wide = keyStatements(stack).filter(isAccountWide);
  expect(wide).toHaveLength(3);
  expect(wide.filter((statement) => names(statement, action))).toEqual([]);
});

test('access logs are accepted only from buckets of this account', () => {
  const statement = all('AWS::S3::BucketPolicy')
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .find(({ Principal }) => Principal.Service === 'logging.s3.amazonaws.com');
  expect(statement.Condition.StringEquals).toEqual({ 'aws:SourceAccount': '111122223333' });
});

test('infinite logs are refused', () => {
  expect(() => foundationIn(stackIn('eu-central-1'), { logRetention: logs.RetentionDays.INFINITE })).toThrow(
    "Chat/Shared: 'logRetention' must be finite because logs hold addresses, got INFINITE; use RetentionDays.ONE_YEAR or another period",
  );
});

describe('in the sovereign partition', () => {
  const sovereign = stackIn('eusc-de-east-1');
  foundationIn(sovereign, { models: [] });
  const json = JSON.stringify(Template.fromStack(sovereign).toJSON());

  test('no ARN belongs to the commercial partition', () => expect(json).not.toMatch(/arn:aws:/));

  test('no host has a commercial suffix, except in service names', () => {
    expect(json.match(/[a-z0-9.-]+\.amazonaws\.com/g)?.filter((name) => !SERVICE_NAMES.test(name))).toEqual([]);
  });

  const SERVICE_NAMES =
    /^(logging\.s3|cloudtrail|vpc-flow-logs|delivery\.logs|logs\.eusc-de-east-1|cloudwatch|events|(s3|sns)\.eusc-de-east-1)\.amazonaws\.com$/;
});
