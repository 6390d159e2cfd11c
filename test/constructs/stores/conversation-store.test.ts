import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { ConversationStore, type ConversationStoreProps } from '@/lib/constructs/stores/conversation-store';
import type { RecoveryReplica } from '@/lib/constructs/stores/recovery-replica';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { isAccountWide, keyStatements, names } from '../../support/key-policy';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
const retention = RetentionPeriod.days(365);
const lambda = new iam.ServicePrincipal('lambda.amazonaws.com');

const storeIn = (stack: Stack, props: Partial<ConversationStoreProps> = {}) =>
  new ConversationStore(stack, 'Store', { boundary, retention, ...props });
const table = 'AWS::DynamoDB::GlobalTable';

describe('the table', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack);
  const template = Template.fromStack(stack);
  const replica = (promise: object) => template.hasResourceProperties(table, { Replicas: [promise] });

  test('has one replica, in the Region of the stack', () => {
    const [properties] = Object.values(template.findResources(table)).map(({ Properties }) => Properties);
    expect(properties.Replicas.map(({ Region }: { Region: string }) => Region)).toEqual(['eu-central-1']);
  });

  test('is encrypted with a customer managed key', () => {
    template.hasResourceProperties(table, {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [{ SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [keyId(template), 'Arn'] } } }],
    });
  });

  test('can be restored to any point in time', () => {
    replica({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
  });

  test('can’t be deleted by accident', () => {
    replica({ DeletionProtectionEnabled: true });
    template.hasResource(table, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    // By which a replica can be added in one update.
    template.hasResourceProperties(table, { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } });
  });

  test('has no Contributor Insights', () => {
    replica({ ContributorInsightsSpecification: { Enabled: false } });
  });

  test('lets items expire', () => {
    template.hasResourceProperties(table, { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
  });

  test('is keyed by pk and sk', () => {
    template.hasResourceProperties(table, {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  test('costs nothing while idle', () => {
    template.hasResourceProperties(table, { BillingMode: 'PAY_PER_REQUEST' });
  });

  test('has no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

test('a table can have a maximum throughput', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack, { maxReadRequestUnits: 100, maxWriteRequestUnits: 50 });
  Template.fromStack(stack).hasResourceProperties(table, {
    WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 50 },
    Replicas: [{ ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 100 } }],
  });
});

test.each([
  ['outside', 'eu-west-2'],
  ['where the store is', 'eu-central-1'],
])('a replica %s is refused', (_, region) => {
  const stack = stackIn('eu-central-1');
  const there = stackIn(region, 'There', stack.node.root as App);
  const recovery = new Construct(there, 'Replica') as RecoveryReplica;
  expect(() => storeIn(stack, { recovery })).toThrow(
    `Chat/Store: 'recovery' must be inside the EU and in another Region than eu-central-1, got There/Replica in '${region}'`,
  );
});

test.each(REFUSED_REGIONS)('a store in %s is refused', (_, region, found) => {
  expect(() => storeIn(stackIn(region))).toThrow(
    `Chat/Store must be deployed inside the EU because it stores personal data, got ${found}`,
  );
});

test('the store has its retention', () =>
  expect(storeIn(stackIn('eu-central-1')).retention.duration?.toDays()).toBe(365));

describe('a grant', () => {
  const stack = stackIn('eu-central-1');
  const role = new iam.Role(stack, 'Role', { assumedBy: lambda });
  storeIn(stack).grantReadWrite(role);
  const using = keyStatements(stack).filter(({ Condition }) => JSON.stringify(Condition)?.includes('"Role'));

  test('of the table names the role in the policy of the key', () => {
    expect(using.map(({ Condition }) => Condition?.ArnEquals)).toEqual([
      { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } },
    ]);
    expect(using[0] && names(using[0], 'kms:Decrypt')).toBe(true);
  });

  test('of the table applies to the key only through DynamoDB', () => {
    expect(using[0]?.Condition).toMatchObject({
      StringEquals: { 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com'] },
    });
  });

  test('causes no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

test('a grant to read doesn’t allow writes', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack).grantRead(new iam.Role(stack, 'Role', { assumedBy: lambda }));
  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies).toContain('dynamodb:Query');
  expect(policies).not.toMatch(/dynamodb:(Put|Update|Delete|BatchWrite)/);
});

test('a named role of a later stack can get a grant, without a circular reference', () => {
  const stack = stackIn('eu-central-1');
  const later = stackIn('eu-central-1', 'Later', stack.node.root as App);
  const store = storeIn(stack);
  store.grantReadWrite(new iam.Role(later, 'Role', { assumedBy: lambda, roleName: 'gateway' }));
  Template.fromStack(later).resourceCountIs('AWS::IAM::Policy', 1);
  expect(stack.dependencies).toEqual([]);
  expect(
    keyStatements(stack)
      .filter(isAccountWide)
      .filter((statement) => names(statement, 'kms:Decrypt')),
  ).toEqual([]);
});

test('an unnamed role of another stack is refused', () => {
  const stack = stackIn('eu-central-1');
  const later = stackIn('eu-central-1', 'Later', stack.node.root as App);
  const grant = () => storeIn(stack).grantRead(new iam.Role(later, 'Role', { assumedBy: lambda }));
  expect(grant).toThrow('Later/Role needs a fixed name because it is in another stack');
});

describe('an existing key', () => {
  const imported = (region: string) => (stack: Stack) =>
    kms.Key.fromKeyArn(stack, 'Given', `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`);

  test.each([
    ['London', 'eu-west-2', "'encryptionKey' must be inside the EU, got 'arn:aws:kms:eu-west-2"],
    ['another Region inside', 'eu-west-1', "'encryptionKey' must be in eu-central-1"],
  ])('of %s is refused', (_, region, message) => {
    const stack = stackIn('eu-central-1');
    expect(() => storeIn(stack, { encryptionKey: imported(region)(stack) })).toThrow(message);
  });

  test('replaces the new one', () => {
    const stack = stackIn('eu-central-1');
    storeIn(stack, { encryptionKey: imported('eu-central-1')(stack) });
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('of a ResidencyKey allows CloudFormation to create the table', () => {
    const stack = stackIn('eu-central-1');
    storeIn(stack, { encryptionKey: new ResidencyKey(stack, 'Key', { boundary }).key });
    expect(keyStatements(stack).map(({ Sid }) => Sid)).toContain('DeploymentCreatesTables');
  });
});

const keyId = (template: Template) => Object.keys(template.findResources('AWS::KMS::Key'))[0];
