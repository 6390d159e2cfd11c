import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { BranchKeyStore, type BranchKeyStoreProps } from '@/lib/constructs/keys/branch-key-store';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { keyStatements, names } from '../../support/key-policy';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
const table = 'AWS::DynamoDB::GlobalTable';

function storeIn(stack: Stack, over: Partial<BranchKeyStoreProps> = {}) {
  const encryptionKey = over.encryptionKey ?? new ResidencyKey(stack, 'Key', { boundary }).key;
  return new BranchKeyStore(stack, 'Store', { boundary, workspaceId: 'sciences', ...over, encryptionKey });
}

const roleIn = (stack: Stack) =>
  new iam.Role(stack, 'Gateway', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

type Statement = { Action: string | string[]; Condition?: Record<string, Record<string, unknown>> };
const statementsOf = (stack: Stack): Statement[] =>
  Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
const actionsOf = (stack: Stack, service: string) =>
  statementsOf(stack)
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith(service))
    .sort();

describe('the table', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack);
  const template = Template.fromStack(stack);

  test("has the AWS Encryption SDK's keys", () => {
    template.hasResourceProperties(table, {
      KeySchema: [
        { AttributeName: 'branch-key-id', KeyType: 'HASH' },
        { AttributeName: 'type', KeyType: 'RANGE' },
      ],
    });
  });

  test('can be restored for one day only, after which an erasure is final', () => {
    template.hasResourceProperties(table, {
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 } }],
    });
  });

  test('has no expiry and no replica', () => {
    const [properties] = Object.values(template.findResources(table)).map(({ Properties }) => Properties);
    expect(properties.TimeToLiveSpecification).toBeUndefined();
    expect(properties.StreamSpecification).toBeUndefined();
    expect(properties.Replicas.map(({ Region }: { Region: string }) => Region)).toEqual(['eu-central-1']);
    expect(Object.keys(template.findResources('AWS::Backup::BackupPlan'))).toEqual([]);
  });

  test("has the workspace's key, and is retained when its stack is deleted", () => {
    template.hasResourceProperties(table, {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [{ DeletionProtectionEnabled: true, ContributorInsightsSpecification: { Enabled: false } }],
    });
    template.hasResource(table, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('has no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

describe('a gateway', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack).grantUse(roleIn(stack));

  test('creates and finds keys, and neither lists nor deletes any', () => {
    expect(actionsOf(stack, 'dynamodb:')).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
    ]);
  });

  test("uses the workspace's key only for its branch keys and through DynamoDB, in both policies", () => {
    const role = statementsOf(stack).filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('kms:')),
    );
    const direct = { 'kms:EncryptionContext:tablename': 'workspace/sciences' };
    const conditions = role.map(({ Condition }) => Condition?.StringEquals);
    expect(conditions).toContainEqual(direct);
    expect(
      conditions.every(
        (one) => one !== undefined && ('kms:ViaService' in one || 'kms:EncryptionContext:tablename' in one),
      ),
    ).toBe(true);
    const key = keyStatements(stack).filter(
      (statement) => names(statement, 'kms:Decrypt') && JSON.stringify(statement.Condition).includes('Gateway'),
    );
    expect(key.map(({ Condition }) => Condition?.StringEquals)).toContainEqual(direct);
    expect(key.every(({ Condition }) => Condition?.StringEquals !== undefined)).toBe(true);
  });

  test("can't get a new key in clear text, and can't encrypt directly", () => {
    const direct = statementsOf(stack).find(({ Condition }) => JSON.stringify(Condition ?? {}).includes('tablename'));
    expect([direct?.Action].flat().sort()).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ]);
  });
});

test('the eraser deletes keys, and can neither create nor decrypt one', () => {
  const stack = stackIn('eu-central-1');
  storeIn(stack).grantErase(roleIn(stack));
  expect(actionsOf(stack, 'dynamodb:')).toEqual([
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ]);
  expect(JSON.stringify(statementsOf(stack))).not.toContain('tablename');
});

test("an imported key has the same conditions in the role's policy", () => {
  const stack = stackIn('eu-central-1');
  const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  storeIn(stack, { encryptionKey: kms.Key.fromKeyArn(stack, 'Theirs', arn) }).grantUse(roleIn(stack));
  const direct = statementsOf(stack).find(({ Condition }) => JSON.stringify(Condition ?? {}).includes('tablename'));
  expect(direct).toMatchObject({
    Condition: { StringEquals: { 'kms:EncryptionContext:tablename': 'workspace/sciences' } },
    Resource: arn,
  });
});

test.each([
  [
    'of another account',
    'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'must be in account 111122223333',
  ],
  [
    'of another Region',
    'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'must be in eu-central-1',
  ],
  ['outside', 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'must be inside the EU'],
  [
    'with multiple Regions',
    'arn:aws:kms:eu-central-1:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    'must be a single-Region key',
  ],
])('a key %s is refused', (_, arn, message) => {
  const stack = stackIn('eu-central-1');
  expect(() => storeIn(stack, { encryptionKey: kms.Key.fromKeyArn(stack, 'Theirs', arn) })).toThrow(message);
});

test.each(REFUSED_REGIONS)('a store in %s is refused', (_, region) => {
  expect(() => storeIn(stackIn(region))).toThrow('must be deployed inside the EU');
});
