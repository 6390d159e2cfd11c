import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { UsageTable } from '@/lib/constructs/stores/usage-table';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
function usageIn(region: string) {
  const stack = stackIn(region);
  const { key } = new ResidencyKey(stack, 'Key', { boundary, description: 'a test' });
  new UsageTable(stack, 'Usage', { boundary, encryptionKey: key });
  return stack;
}

const stack = usageIn('eu-central-1');
const template = Template.fromStack(stack);

test('the table has the given key, recovery, protection and expiry', () => {
  const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
  template.hasResource('AWS::DynamoDB::GlobalTable', {
    DeletionPolicy: 'Retain',
    Properties: {
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [
        Match.objectLike({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
        }),
      ],
    },
  });
});

test('the reader role can query it and write nothing', () => {
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
  const actions = policy?.Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action);
  expect(actions).toEqual(['dynamodb:Query', 'kms:Decrypt', 'kms:DescribeKey']);
});

test('the reader role can query what was released, and no counter of a member or a group', () => {
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(policy?.Properties.PolicyDocument.Statement[0].Condition).toEqual({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['released#*'] },
  });
});

test('the eraser reads and deletes by key, and lists nothing', () => {
  const erasing = stackIn('eu-central-1', 'Erasing');
  const { key } = new ResidencyKey(erasing, 'Key', { boundary, description: 'a test' });
  const usage = new UsageTable(erasing, 'Usage', { boundary, encryptionKey: key });
  const role = new Role(erasing, 'Eraser', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  usage.grantErase(role);
  Template.fromStack(erasing).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Eraser') }],
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Action: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem'] }),
        Match.objectLike({ Action: ['kms:Decrypt', 'kms:DescribeKey'] }),
      ],
    },
  });
});

test('the table has no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));

test.each(REFUSED_REGIONS.filter(([, region]) => region !== undefined))('a table in %s is refused', (_, region) => {
  expect(() => usageIn(region as string)).toThrow('must be deployed inside the EU');
});
