import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import type { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { rolesOf } from '@/lib/cli/aws/doctor/role-quota';
import { readAssembly } from '@/lib/guard/assembly/read-assembly';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { inventory } from '@/lib/report/inventory';
import { templateSerializer } from '@/lib/testing';
import { DEPLOYMENT, deploymentStacks, EU } from '../support/deployment';

expect.addSnapshotSerializer(templateSerializer);

const IN_TWO_REGIONS = { ...DEPLOYMENT, recoveryRegion: 'eu-west-1' };
// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

const stacks = deploymentStacks(IN_TWO_REGIONS);
const alone = deploymentStacks();
const template = (stack: Stack | undefined): Json => Template.fromStack(stack as Stack).toJSON();
const further = ({ recovery, replicas, drills }: DeploymentStacks): Stack[] => [
  ...(recovery ? [recovery] : []),
  ...replicas,
  ...drills,
];
const [sciences] = stacks.workspaces;
const [copies] = stacks.replicas;
const [drills] = stacks.drills;
const one = (stack: Stack | undefined, type: string, like = ''): Json => {
  const found = Object.entries<Json>(template(stack).Resources).filter(
    ([id, r]) => r.Type === type && id.includes(like),
  );
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties;
};

test('the recovery Region has one shared stack, and per workspace one before it and one after it', () => {
  expect(
    further(stacks).map(({ stackName, region, terminationProtection }) => [
      stackName,
      region,
      terminationProtection ?? false,
    ]),
  ).toEqual([
    ['exemple-recovery', 'eu-west-1', true],
    ['exemple-recovery-workspace-sciences', 'eu-west-1', true],
    ['exemple-recovery-workspace-office', 'eu-west-1', true],
    ['exemple-recovery-drill-sciences', 'eu-west-1', false],
    ['exemple-recovery-drill-office', 'eu-west-1', false],
  ]);
});

test.each([
  ['in two Regions', IN_TWO_REGIONS, stacks],
  ['in one Region', DEPLOYMENT, alone],
])('the number of roles %s is the one that doctor compares with the quota', (_, deployment, made) => {
  const all = [made.foundation, ...made.workspaces, made.projects, made.ledger, ...further(made)];
  const count = all.flatMap((stack) =>
    Object.keys(Template.fromStack(stack as Stack).findResources('AWS::IAM::Role')),
  ).length;
  expect(rolesOf(deployment as never)).toBe(count);
});

test.each([
  ['without a recovery Region', DEPLOYMENT],
  ['without a workspace', { ...IN_TWO_REGIONS, workspaces: [] }],
])('%s the deployment has no recovery stacks', (_, deployment) => {
  expect(further(deploymentStacks(deployment))).toEqual([]);
});

test('stacks are deployed after the stacks that they refer to, and the list of stores has each replica', () => {
  const app = new App();
  deploymentStacks(IN_TWO_REGIONS, { app });
  const assembly = app.synth();
  const before = new Map(
    assembly.stacks.map(({ id, dependencies }) => [
      id,
      dependencies.map((other) => other.id).filter((other) => !other.endsWith('.assets')),
    ]),
  );
  expect(before.get('exemple-recovery')).toEqual(['exemple-foundation']);
  expect(before.get('exemple-recovery-workspace-sciences')).toEqual(['exemple-recovery']);
  expect(before.get('exemple-workspace-sciences')).toEqual([
    'exemple-foundation',
    'exemple-recovery-workspace-sciences',
  ]);
  expect(before.get('exemple-recovery-drill-sciences')?.sort()).toEqual([
    'exemple-recovery',
    'exemple-recovery-workspace-sciences',
    'exemple-workspace-sciences',
  ]);
  const kept = inventory(readAssembly(assembly.directory).templates, EU, new Date('2026-11-27'))
    .filter(({ stack, kind, region }) => region === 'eu-west-1' && /sciences$/.test(stack) && kind !== 'log group')
    .map(({ stack, name, kind, country, key, retention }) =>
      [stack, name, kind, country.text, key?.text, retention?.text].join(' | '),
    );
  expect(kept).toEqual([
    'exemple-recovery-workspace-sciences | ReplicaBranchKeysTableCE3405EC | DynamoDB table | IE | ReplicaKey29E01B67 | until deleted + 1 day restorable',
    'exemple-recovery-workspace-sciences | ReplicaFilesBucket4C2AEAC3 | S3 bucket | IE | ReplicaKey29E01B67 | 365 days + 7 days as an old version',
    'exemple-workspace-sciences | WorkspaceConversationsTable2E0CE5B0 | DynamoDB replica | IE | exemple-recovery-workspace-sciences/ReplicaKey29E01B67 | ' +
      '365 days + 35 days restorable',
  ]);
});

test('stacks without an account pass the guard for their own boundary, and look nothing up', () => {
  const app = new ResidencyApp({ boundary: EU });
  deploymentStacks(IN_TWO_REGIONS, { app, account: 'none' });
  expect(app.synth().manifest.missing).toBeUndefined();
});

test('the guard and the construct both refuse a recovery Region outside the boundary', () => {
  expect(() => deploymentStacks({ ...DEPLOYMENT, recoveryRegion: 'eu-west-2' })).toThrow(
    "must be deployed inside the EU because it stores replicas of personal data, got 'eu-west-2'",
  );
});

test('each Region has its own single-Region key', () => {
  for (const stack of [...further(stacks), sciences]) {
    for (const { Properties } of Object.values<Json>(
      Template.fromStack(stack as Stack).findResources('AWS::KMS::Key'),
    )) {
      expect(Properties.MultiRegion).toBe(false);
    }
    Template.fromStack(stack as Stack).resourceCountIs('AWS::KMS::ReplicaKey', 0);
  }
});

const fromCopies = (name: string) => ({
  'Fn::GetStackOutput': {
    StackName: 'exemple-recovery-workspace-sciences',
    Region: 'eu-west-1',
    OutputName: expect.stringContaining(name),
  },
});

test('the table has a replica under the key of the other Region, with the same protection and backups', () => {
  const { Replicas, StreamSpecification } = one(sciences, 'AWS::DynamoDB::GlobalTable', 'Conversations');
  expect(StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  expect(Replicas.map(({ Region }: Json) => Region)).toEqual(['eu-west-1', 'eu-central-1']);
  const [there, here] = Replicas;
  expect(there.SSESpecification.KMSMasterKeyId).toEqual(fromCopies('ReplicaKey'));
  for (const replica of Replicas) {
    expect(replica).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      ContributorInsightsSpecification: { Enabled: false },
    });
  }
  expect(there.Tags).toEqual(here.Tags);
});

test('of the tables, only that of content is replicated, and neither token counts nor the user pool are', () => {
  const replicated = Object.entries<Json>(template(sciences).Resources).filter(
    ([, { Properties }]) => Properties?.Replicas?.length > 1,
  );
  expect(replicated.map(([id]) => id)).toEqual([expect.stringContaining('ConversationsTable')]);
  const there = further(stacks).flatMap((stack) => Object.keys(template(stack).Resources));
  expect(there.filter((id) => /Usage|UserPool/.test(id))).toEqual([]);
});

test('an existing table gets its replica as an update, without other changes', () => {
  const without = one(alone.workspaces[0], 'AWS::DynamoDB::GlobalTable', 'Conversations');
  const { Replicas, ...rest } = one(sciences, 'AWS::DynamoDB::GlobalTable', 'Conversations');
  const { Replicas: only, ...before } = without;
  expect(rest).toEqual(before);
  expect(Replicas.slice(1)).toEqual(only);
  // DynamoDB can't add the stream that replication needs and the replica in one update.
  expect(before.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  const ids = (stack: Stack | undefined) => Object.keys(template(stack).Resources);
  expect(ids(sciences)).toEqual(expect.arrayContaining(ids(alone.workspaces[0])));
});

test('the key store has no replica: the second one is a separate table, restorable for one day', () => {
  expect(one(sciences, 'AWS::DynamoDB::GlobalTable', 'BranchKeys').Replicas).toHaveLength(1);
  const { Replicas, StreamSpecification } = one(copies, 'AWS::DynamoDB::GlobalTable', 'BranchKeys');
  expect(Replicas).toEqual([
    expect.objectContaining({
      Region: 'eu-west-1',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 },
    }),
  ]);
  expect(StreamSpecification).toBeUndefined();
});

test('files and their deletions are replicated, encrypted under the key of the other Region', () => {
  const { ReplicationConfiguration } = one(sciences, 'AWS::S3::Bucket', 'Files');
  expect(ReplicationConfiguration.Rules).toEqual([
    {
      Id: 'Recovery',
      Status: 'Enabled',
      Priority: 0,
      Filter: { Prefix: 'content/' },
      DeleteMarkerReplication: { Status: 'Enabled' },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Destination: {
        Bucket: fromCopies('ReplicaFiles'),
        EncryptionConfiguration: { ReplicaKmsKeyID: fromCopies('ReplicaKey') },
      },
    },
  ]);
});

test('the replica bucket has the same retention, policy and logging as the first one', () => {
  const [here, there] = [one(sciences, 'AWS::S3::Bucket', 'Files'), one(copies, 'AWS::S3::Bucket', 'Files')];
  for (const property of [
    'LifecycleConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'VersioningConfiguration',
  ]) {
    expect(there[property]).toEqual(here[property]);
  }
  expect(there.LoggingConfiguration.DestinationBucketName).toBeDefined();
});

const policyOf = (stack: Stack | undefined): Json[] => one(stack, 'AWS::KMS::Key', 'ReplicaKey').KeyPolicy.Statement;
const byArn = ({ Condition }: Json) => JSON.stringify(Condition?.ArnEquals?.['aws:PrincipalArn'] ?? '');

test('the key policy of replicas names every principal, and none of the gateway', () => {
  const uses = policyOf(copies).filter(({ Action }) =>
    JSON.stringify(Action).match(/Decrypt|Encrypt|GenerateDataKey|CreateGrant/),
  );
  for (const statement of uses) {
    expect(byArn(statement)).not.toBe('""');
    expect(byArn(statement)).not.toMatch(/[*?]/);
  }
  const names = uses.map((statement) =>
    [byArn(statement).replace(/^.*role\/|"\]\]\}$|"$/g, ''), statement.Sid ?? statement.Action].flat().join(' '),
  );
  expect(names).toMatchSnapshot();
});

test('the function that copies keys decrypts in one Region, encrypts in the other, and can reach no content', () => {
  const roles = Object.values<Json>(template(sciences).Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes('RecoveryKeys'),
  );
  const statements: Json[] = roles.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const actions = statements.flatMap(({ Action }) => Action).sort();
  expect([...new Set(actions)].filter((action) => !action.startsWith('logs:'))).toEqual([
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Scan',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ]);
  const resources = JSON.stringify(
    statements.filter(({ Action }) => !JSON.stringify(Action).includes('logs:')).map(({ Resource }) => Resource),
  );
  expect(resources).not.toMatch(/Conversations|Files|\*/);
  // Without the condition of a service, a key opens branch keys of this workspace alone.
  const direct = statements.filter(
    ({ Action, Condition }) =>
      JSON.stringify(Action).includes('kms:') && !JSON.stringify(Condition).includes('kms:ViaService'),
  );
  expect(direct.map(({ Action, Condition }) => [Action, Condition.StringEquals])).toEqual([
    ['kms:Decrypt', { 'kms:EncryptionContext:tablename': 'workspace/sciences' }],
    ['kms:Encrypt', { 'kms:EncryptionContext:tablename': 'workspace/sciences' }],
  ]);
});

test('keys are copied every ten minutes, and three failures in a row, half an hour, raise the alarm', () => {
  const { ScheduleExpression } = one(sciences, 'AWS::Events::Rule', 'RecoveryKeys');
  expect(ScheduleExpression).toBe('rate(10 minutes)');
  const {
    Period,
    EvaluationPeriods,
    DatapointsToAlarm = EvaluationPeriods,
  } = one(sciences, 'AWS::CloudWatch::Alarm', 'NotCopied');
  expect([Period, EvaluationPeriods, DatapointsToAlarm]).toEqual([600, 3, 3]);
});

test('a drill runs in an isolated VPC, and can write nothing', () => {
  const { VpcConfig, Environment } = one(drills, 'AWS::Lambda::Function');
  expect(VpcConfig.SubnetIds).toHaveLength(2);
  expect(Object.keys(Environment.Variables).sort()).toEqual([
    'BRANCH_KEYS_TABLE_ARN',
    'CONVERSATIONS_TABLE_ARN',
    'FILES_BUCKET',
    'UPKEEP_FUNCTION',
    'WORKSPACE_KEY_ARN',
  ]);
  const policies = Object.values<Json>(Template.fromStack(drills as Stack).findResources('AWS::IAM::Policy'));
  const actions: string[] = policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }: Json) => Action),
  );
  expect([...new Set(actions)].sort()).toEqual([
    'dynamodb:GetItem',
    'dynamodb:Scan',
    'kms:Decrypt',
    'kms:DescribeKey',
    'lambda:InvokeFunction',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:GetObject',
    's3:GetObjectVersion',
    's3:ListBucket',
  ]);
  const network = template(stacks.recovery).Resources;
  const types = Object.values<Json>(network).map(({ Type }) => Type);
  expect(types.filter((type) => /Gateway$|Peering|TransitGateway/.test(type))).toEqual([]);
  expect(types.filter((type) => type === 'AWS::EC2::VPCEndpoint')).toHaveLength(3);
});

test('the trail records each access to items of replicas', () => {
  const { AdvancedEventSelectors } = one(stacks.foundation, 'AWS::CloudTrail::Trail');
  const tables = AdvancedEventSelectors.find(({ Name }: Json) => Name === 'Items of tables');
  expect(JSON.stringify(tables)).toContain(':dynamodb:eu-west-1:');
  expect(JSON.stringify(one(alone.foundation, 'AWS::CloudTrail::Trail'))).not.toContain('eu-west-1');
});

test('no template names a partition, which differs in the sovereign cloud', () => {
  const all = deploymentStacks(IN_TWO_REGIONS, { app: new App() });
  expect(JSON.stringify([...further(all), ...all.workspaces].map(template))).not.toMatch(/arn:aws[a-z-]*:/);
});

test.each([
  ['what copies share', () => stacks.recovery],
  ['copies of a workspace', () => copies],
  ['drills', () => drills],
])('the stack of %s matches its snapshot', (_, pick) => {
  expect(template(pick())).toMatchSnapshot();
});
