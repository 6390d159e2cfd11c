import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { ConversationStore } from '@/lib/constructs/stores/conversation-store';
import { FileStore } from '@/lib/constructs/stores/file-store';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { Workspace } from '@/lib/constructs/tenants/workspace';
import { WorkspaceEdition, type WorkspaceProps } from '@/lib/constructs/tenants/workspace-props';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

const YEAR = RetentionPeriod.days(365);

function makeWorkspace(props: (stack: Stack) => Partial<WorkspaceProps> = () => ({})) {
  const app = plainApp();
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

const WRITES = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem'].map((action) => `dynamodb:${action}`);

test("the workspace's own key encrypts conversations and files", () => {
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

test('an existing key replaces its own', () => {
  const { stack } = makeWorkspace((scope) => ({
    encryptionKey: new ResidencyKey(scope, 'Given', { boundary: EU }).key,
  }));
  const keys = Object.keys(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  expect(keys).toEqual([expect.stringMatching(/^Given/)]);
});

describe('use of single members', () => {
  const until = '2027-01-31';
  const perMember = { reason: 'agreed', approver: 'Ada', until };
  /** The roles that may query counts or links, with what limits it. */
  const readers = (props: Partial<WorkspaceProps>) =>
    Object.values(Template.fromStack(makeWorkspace(() => props).stack).findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties: { PolicyDocument, Roles } }) =>
        PolicyDocument.Statement.filter(
          ({ Action, Resource }: { Action: unknown; Resource: unknown }) =>
            [Action].flat().includes('dynamodb:Query') && /Usage|RecordLinks/.test(JSON.stringify(Resource)),
        ).map(({ Condition }: { Condition: object }) => [
          Roles[0].Ref.replace(/[0-9A-F]{8}$/, ''),
          JSON.stringify(Condition),
        ]),
    );
  const released = ['WorkspaceUsageReader', '{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["released#*"]}}'];
  const ofUser = '{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["user#*"]}}';
  const jobs = [
    ['WorkspaceRightsEraser', ofUser],
    ['WorkspaceRightsExporter', ofUser],
  ];

  test('no role lists counts of members or links, but those of erasures and exports, for one user at a time', () => {
    const found = readers({}).map(([role, condition]) => [role?.replace(/Role$/, ''), condition]);
    expect(found.sort()).toEqual([released, ...jobs].sort());
  });

  test('with a declaration, the function that auditors call does, until the last day', () => {
    const last = '{"DateLessThan":{"aws:CurrentTime":"2027-02-01T00:00:00Z"}}';
    const found = readers({ monitoring: { perMember } }).filter(([, condition]) => condition === last);
    expect(found).toHaveLength(2);
    for (const [role] of found) expect(role).toContain('MembersAdministration');
  });

  test('the role of that function reads no content, and uses the key only through DynamoDB', () => {
    const { stack } = makeWorkspace(() => ({ monitoring: { perMember } }));
    const statements = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('MembersAdministration'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(JSON.stringify(statements)).not.toMatch(/Conversations|Files|BranchKeys|s3:/);
    const ofKey = statements.filter(({ Action }) => JSON.stringify(Action).includes('kms:'));
    expect(ofKey).toHaveLength(1);
    expect(JSON.stringify(ofKey)).toMatch(/kms:ViaService.*dynamodb/);
  });

  test.each<[string, Partial<WorkspaceProps>]>([
    ["'minimumGroup' must be a whole number of at least 5", { monitoring: { minimumGroup: 4 } }],
    ["'reportGroups' must name 1 to 100 groups", { monitoring: { reportGroups: [] } }],
    ["'until' must be a day such as 2027-01-31", { monitoring: { perMember: { ...perMember, until: 'soon' } } }],
  ])('%s', (message, props) => expect(() => makeWorkspace(() => props)).toThrow(message));
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

  test("uses only this workspace's own stores", () => {
    const tables = on('dynamodb:').map(({ Resource }) => JSON.stringify(Resource));
    expect(tables).toEqual([
      // The keys that verify tokens; nothing else of the key sets table.
      expect.stringContaining('KeySets'),
      expect.stringContaining('WorkspaceMembersAdministrationSuspensions'),
      expect.stringContaining('WorkspaceConversationsTable'),
      expect.stringContaining('WorkspaceConversationsTable'),
      expect.stringContaining('WorkspaceBranchKeysTable'),
      expect.stringContaining('WorkspaceKeyRequestsTable'),
      expect.stringContaining('WorkspaceUsageTable'),
      expect.stringContaining('WorkspaceMembersAdministrationRecordLinks'),
    ]);
    for (const { Resource } of on('s3:')) expect(JSON.stringify(Resource)).toContain('WorkspaceFilesBucket');
    for (const { Resource } of on('kms:')) expect(JSON.stringify(Resource)).toContain('WorkspaceKey');
  });

  test("uses the workspace's key only through a service or in its context", () => {
    expect(on('kms:').map(({ Condition }) => Object.keys(Object.values(Condition ?? {})[0] ?? {}))).toEqual([
      ['kms:ViaService'],
      ['kms:ViaService'],
      ['kms:EncryptionContext:tablename'],
    ]);
  });

  test('links records to members without reading or deleting any link', () => {
    const [links, ...others] = on('dynamodb:').filter(({ Resource }) =>
      JSON.stringify(Resource).includes('RecordLinks'),
    );
    expect([links?.Action, links?.Condition, others]).toEqual([
      'dynamodb:UpdateItem',
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['user#*'] } },
      [],
    ]);
  });

  test('writes the rows of users only, and reads decisions about them', () => {
    const content = on('dynamodb:').filter(({ Resource }) => JSON.stringify(Resource).includes('ConversationsTable'));
    expect(content.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [expect.arrayContaining(WRITES), { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['user#*'] } }],
      ['dynamodb:Query', { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['rights#*'] } }],
    ]);
  });

  test("can't scan a table, write or delete a key, or delete a version of an object", () => {
    expect(JSON.stringify(statements)).not.toMatch(/dynamodb:Scan|DeleteObjectVersion|:\*"/);
    const onTable = (name: string) =>
      on('dynamodb:')
        .filter(({ Resource }) => JSON.stringify(Resource).includes(name))
        .map(({ Action }) => Action);
    expect(onTable('BranchKeys')).toEqual(['dynamodb:GetItem']);
    expect(onTable('KeyRequests')).toEqual(['dynamodb:PutItem']);
    const direct = on('kms:').find(({ Condition }) => JSON.stringify(Condition).includes('tablename'));
    expect(direct?.Action).toBe('kms:Decrypt');
  });

  test('leaves making keys to one function, which reads none and is invoked by requests alone', () => {
    const [make] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('KeyRequestsMakeRole'),
    );
    const actions = (service: string) =>
      make?.Properties.PolicyDocument.Statement.filter(({ Condition }: { Condition?: object }) =>
        service === 'kms:' ? JSON.stringify(Condition ?? {}).includes('tablename') : true,
      )
        .flatMap(({ Action }: { Action: string | string[] }) => Action)
        .filter((action: string) => action.startsWith(service))
        .sort();
    expect(actions('dynamodb:')).toEqual(
      [
        'ConditionCheckItem',
        'DeleteItem',
        'DescribeStream',
        'GetRecords',
        'GetShardIterator',
        'ListStreams',
        'PutItem',
      ].map((action) => `dynamodb:${action}`),
    );
    expect(actions('kms:')).toEqual(['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('KeyRequestsTable'), 'StreamArn'] },
      BisectBatchOnFunctionError: true,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"]}' }] },
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  test('gets their names and the retention period', () => {
    const [variables] = Object.values(template.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment?.Variables)
      .filter((found) => found?.WORKSPACE_KEY_ARN);
    expect(variables).toMatchObject({
      CONVERSATIONS_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('Conversations'), 'Arn'] },
      BRANCH_KEYS_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('BranchKeys'), 'Arn'] },
      USAGE_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('Usage'), 'Arn'] },
      FILES_BUCKET: { Ref: expect.stringContaining('FilesBucket') },
      RECORD_LINKS_TABLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('RecordLinks'), 'Arn'] },
      RECORD_LINK_DAYS: '30',
      RETENTION_DAYS: '365',
    });
  });
});

test('content can be read only by grantees', () => {
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

test('every resource with tags names its tenant', () => {
  Template.fromStack(makeWorkspace().stack).hasResourceProperties('AWS::Lambda::Function', {
    Tags: Match.arrayWith([
      { Key: 'residency:edition', Value: 'edu' },
      { Key: 'residency:tenant', Value: 'workspace/sciences' },
    ]),
  });
});

test('an existing store with another retention is refused', () => {
  expect(() =>
    makeWorkspace((stack) => ({
      conversations: new ConversationStore(stack, 'Given', {
        boundary: EU,
        retention: RetentionPeriod.untilDeleted('an archive'),
      }),
    })),
  ).toThrow(
    "Tenant/Workspace: 'conversations' must have the retention of the workspace, 365 days, because content must be deleted when " +
      'promised, got a store with the retention until deletion; set the same retention for both',
  );
});

test("an existing store without the workspace's replica is refused", () => {
  const files = (stack: Stack, region: string, replica?: FileStore) => {
    const home = new Stack(stack.node.scope as App, `Files-${region}`, { env: { account: '111122223333', region } });
    const accessLogBucket = s3.Bucket.fromBucketAttributes(home, 'Logs', { bucketName: `logs-${region}`, region });
    return new FileStore(home, 'Given', { boundary: EU, retention: YEAR, accessLogBucket, replica });
  };
  expect(() => makeWorkspace((stack) => ({ files: files(stack, 'eu-central-1', files(stack, 'eu-west-1')) }))).toThrow(
    "Tenant/Workspace: 'files' must have the replica of the workspace, none, because a missing replica is lost with the Region, got a " +
      "store with the replica Files-eu-west-1/Given; leave out the store's 'replica', or set the workspace's 'recovery'",
  );
});

test('an existing store with the same retention is used', () => {
  const { workspace } = makeWorkspace((stack) => ({
    conversations: new ConversationStore(stack, 'Given', { boundary: EU, retention: RetentionPeriod.days(365) }),
  }));
  expect(workspace.conversations.node.path).toBe('Tenant/Given');
});
