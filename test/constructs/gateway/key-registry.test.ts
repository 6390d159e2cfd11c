import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { KeyRegistry, type KeyRegistryProps } from '@/lib/constructs/gateway/key-registry';
import { counterPartition, KEYS_PARTITION } from '@/lib/contract/tables';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { isAccountWide, keyStatements, names } from '../../support/key-policy';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
const registryIn = (stack: Stack, props: Partial<KeyRegistryProps> = {}) =>
  new KeyRegistry(stack, 'Keys', { boundary, ...props });
const table = 'AWS::DynamoDB::GlobalTable';

describe('the table', () => {
  const stack = stackIn('eu-central-1');
  registryIn(stack);
  const template = Template.fromStack(stack);

  test('is only in the Region of the stack, recoverable, protected and under its own key', () => {
    const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
    template.hasResource(table, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          {
            Region: 'eu-central-1',
            DeletionProtectionEnabled: true,
            ContributorInsightsSpecification: { Enabled: false },
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
          },
        ],
      },
    });
  });

  test('has no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

test.each(REFUSED_REGIONS)('a registry in %s is refused', (_, region, found) => {
  expect(() => registryIn(stackIn(region))).toThrow(
    `Chat/Keys must be deployed inside the EU because it records who called when, got ${found}`,
  );
});

test('an existing key in the same Region replaces the new one', () => {
  const stack = stackIn('eu-central-1');
  const given = (id: string, region: string) =>
    kms.Key.fromKeyArn(stack, id, `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`);
  expect(() => registryIn(stack, { encryptionKey: given('Far', 'eu-west-2') })).toThrow(
    "'encryptionKey' must be inside",
  );
  new KeyRegistry(stack, 'Other', { boundary, encryptionKey: given('Near', 'eu-central-1') });
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
});

/** What a role may do at the table, by the partitions that it may do it in. */
function granted(grant: (registry: KeyRegistry, role: iam.Role) => iam.Grant) {
  const stack = stackIn('eu-central-1');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  grant(registryIn(stack), role).assertSuccess();
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const policy = policies.find(({ Properties }) => /^Role/.test(Properties.Roles[0].Ref));
  const statements = policy?.Properties.PolicyDocument.Statement as {
    Action: string | string[];
    Resource: unknown;
    Condition: Record<string, Record<string, string[]>>;
  }[];
  const atTable = statements.filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'));
  return { stack, atTable, nag: nagFindings(stack) };
}

test("a gateway looks up keys and counts, and can't change keys", () => {
  const { stack, atTable, nag } = granted((registry, role) => registry.grantServe(role));
  const resource = { 'Fn::GetAtt': [expect.stringMatching(/^KeysTable/), 'Arn'] };
  const within = (...partitions: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } });
  expect(atTable).toEqual([
    { Action: 'dynamodb:GetItem', Effect: 'Allow', Resource: resource, Condition: within('keys', 'counter#*') },
    { Action: 'dynamodb:UpdateItem', Effect: 'Allow', Resource: resource, Condition: within('counter#*') },
  ]);
  const using = keyStatements(stack).filter(({ Condition }) => JSON.stringify(Condition)?.includes('"Role'));
  expect(using).toHaveLength(1);
  expect(using[0] && names(using[0], 'kms:Decrypt')).toBe(true);
  expect(using[0]?.Condition).toMatchObject({
    StringEquals: { 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com'] },
  });
  expect(nag).toEqual([]);
});

test('the manager can reach keys and no counters', () => {
  const { atTable, nag } = granted((registry, role) => registry.grantManage(role));
  expect(atTable).toMatchObject([
    {
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['keys'] } },
    },
  ]);
  expect(nag).toEqual([]);
});

test('the manager role can be assumed by principals of the account', () => {
  const stack = stackIn('eu-central-1');
  registryIn(stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: Match.anyValue() } }],
    },
  });
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(JSON.stringify(role?.Properties.AssumeRolePolicyDocument)).toContain(':iam::111122223333:root');
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(JSON.stringify(policy)).toContain('dynamodb:PutItem');
  const users = keyStatements(stack).filter((statement) => isAccountWide(statement) && names(statement, 'kms:Decrypt'));
  expect(users).toEqual([]);
});

test('the gateway writes only to its granted partitions', () => {
  expect(KEYS_PARTITION).toBe('keys');
  expect(counterPartition('helpdesk-bot')).toMatch(/^counter#/);
});
