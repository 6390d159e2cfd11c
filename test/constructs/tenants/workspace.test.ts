import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { ConversationStore } from '@/lib/constructs/stores/conversation-store';
import { FileStore } from '@/lib/constructs/stores/file-store';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { Workspace, WorkspaceEdition, type WorkspaceProps } from '@/lib/constructs/tenants/workspace';
import { EU, FAST } from '../../support/deployment';

const YEAR = RetentionPeriod.days(365);

function makeWorkspace(props: (stack: Stack) => Partial<WorkspaceProps> = () => ({})) {
  const app = new App();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const stack = new Stack(app, 'Tenant', { env });
  const workspace = new Workspace(stack, 'Workspace', {
    boundary: EU,
    foundation: new Foundation(shared, 'Foundation', { boundary: EU, models: [FAST], alerts: Alerts.none('a test') }),
    workspaceId: 'sciences',
    edition: WorkspaceEdition.EDU,
    retention: YEAR,
    models: [FAST],
    ...props(stack),
  });
  return { stack, workspace };
}

test('one key of its own encrypts conversations and files', () => {
  const template = Template.fromStack(makeWorkspace().stack);
  template.resourceCountIs('AWS::KMS::Key', 1);
  const ours = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::KMS::Key'))[0], 'Arn'] };
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    Replicas: [Match.objectLike({ SSESpecification: { KMSMasterKeyId: ours } })],
  });
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        Match.objectLike({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ours } }),
      ],
    },
  });
});

test('a given key is used in place of its own', () => {
  const { stack } = makeWorkspace((scope) => ({
    encryptionKey: new ResidencyKey(scope, 'Given', { boundary: EU }).key,
  }));
  const keys = Object.keys(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  expect(keys).toEqual([expect.stringMatching(/^Given/)]);
});

describe('the gateway', () => {
  const template = Template.fromStack(makeWorkspace().stack);
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    JSON.stringify(Properties.Roles).includes('WorkspaceGateway'),
  );
  const statements: { Action: string | string[]; Resource: unknown; Condition?: object }[] =
    policy?.Properties.PolicyDocument.Statement;
  const on = (service: string) =>
    statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith(service)));

  test("uses this workspace's own stores, and no others", () => {
    const tables = on('dynamodb:').map(({ Resource }) => JSON.stringify(Resource));
    expect(tables).toEqual([
      // The keys that tokens are verified by: of the pool's key sets nothing else.
      expect.stringContaining('KeySets'),
      expect.stringContaining('WorkspaceMembersAdministrationSuspensions'),
      expect.stringContaining('WorkspaceConversationsTable'),
      expect.stringContaining('WorkspaceBranchKeysTable'),
      expect.stringContaining('WorkspaceUsageTable'),
    ]);
    for (const { Resource } of on('s3:')) expect(JSON.stringify(Resource)).toContain('WorkspaceFilesBucket');
    for (const { Resource } of on('kms:')) expect(JSON.stringify(Resource)).toContain('WorkspaceKey');
  });

  test("never uses the workspace's key without saying for what", () => {
    expect(on('kms:').map(({ Condition }) => Object.keys(Object.values(Condition ?? {})[0] ?? {}))).toEqual([
      ['kms:ViaService'],
      ['kms:ViaService'],
      ['kms:EncryptionContext:tablename'],
    ]);
  });

  test('can look through no table, delete no key, and remove no version of an object', () => {
    expect(JSON.stringify(statements)).not.toMatch(/dynamodb:Scan|DeleteObjectVersion|:\*"/);
    const keys = on('dynamodb:').find(({ Resource }) => JSON.stringify(Resource).includes('BranchKeys'));
    expect(keys?.Action).toEqual(['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem']);
  });

  test('is told where they are, and how long content is kept', () => {
    const [variables] = Object.values(template.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment?.Variables)
      .filter((found) => found?.WORKSPACE_KEY_ARN);
    expect(variables).toMatchObject({
      CONVERSATIONS_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('Conversations'), 'Arn'] },
      BRANCH_KEYS_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('BranchKeys'), 'Arn'] },
      USAGE_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('Usage'), 'Arn'] },
      FILES_BUCKET: { Ref: expect.stringContaining('FilesBucket') },
      RETENTION_DAYS: '365',
    });
  });
});

test('nobody may read content by default, and whom it is granted to may', () => {
  const { stack, workspace } = makeWorkspace();
  const auditor = new iam.Role(stack, 'Auditor', { assumedBy: new iam.AccountRootPrincipal() });
  workspace.grantReadContent(auditor);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: Match.arrayWith(['dynamodb:GetItem']) }),
        Match.objectLike({ Action: ['s3:GetObject', 's3:GetObjectVersion'] }),
      ]),
    },
    Roles: [{ Ref: Match.stringLikeRegexp('^Auditor') }],
  });
});

test('every resource that has tags says whose it is', () => {
  Template.fromStack(makeWorkspace().stack).hasResourceProperties('AWS::Lambda::Function', {
    Tags: Match.arrayWith([
      { Key: 'residency:edition', Value: 'edu' },
      { Key: 'residency:tenant', Value: 'workspace/sciences' },
    ]),
  });
});

test('a given store that keeps content for another time is refused', () => {
  expect(() =>
    makeWorkspace((stack) => ({
      conversations: new ConversationStore(stack, 'Given', {
        boundary: EU,
        retention: RetentionPeriod.untilDeleted('an archive'),
      }),
    })),
  ).toThrow(
    "Tenant/Workspace: 'conversations' must keep content as long as the workspace says, 365 days, got a store that keeps " +
      'it until it is deleted; give both the same retention',
  );
});

test('a given store that is kept a second time where the workspace is not, is refused', () => {
  const files = (stack: Stack, region: string, replica?: FileStore) => {
    const home = new Stack(stack.node.scope as App, `Files-${region}`, { env: { account: '111122223333', region } });
    const accessLogBucket = s3.Bucket.fromBucketAttributes(home, 'Logs', { bucketName: `logs-${region}`, region });
    return new FileStore(home, 'Given', { boundary: EU, retention: YEAR, accessLogBucket, replica });
  };
  expect(() => makeWorkspace((stack) => ({ files: files(stack, 'eu-central-1', files(stack, 'eu-west-1')) }))).toThrow(
    "Tenant/Workspace: 'files' must be kept a second time where the workspace is, at no other place, got a store that is at " +
      "Files-eu-west-1/Given; leave out the store's 'replica', or give the workspace a 'recovery'",
  );
});

test('a given store with the same retention is used', () => {
  const { workspace } = makeWorkspace((stack) => ({
    conversations: new ConversationStore(stack, 'Given', { boundary: EU, retention: RetentionPeriod.days(365) }),
  }));
  expect(workspace.conversations.node.path).toBe('Tenant/Given');
});
