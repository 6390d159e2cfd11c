import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { CONTENT_PREFIX, EXPORTS_PREFIX } from '../../contract/objects';
import type { RecoveryActor, RightsActor } from '../../contract/rights';
import { decisionsPartition, RIGHTS_PARTITION } from '../../contract/tables';
import type { BranchKeyStore } from '../keys/branch-key-store';
import { keyForBucket, keyForTable } from '../keys/key-for-service';
import { acrossRegions } from '../shared/across-regions';
import { acknowledgeObjects } from '../shared/every-object';
import type { ConversationStore } from '../stores/conversation-store';
import type { FileStore } from '../stores/file-store';
import type { RecoveryReplica } from '../stores/recovery-replica';
import type { UsageTable } from '../stores/usage-table';

/** The stores that rights are exercised on. */
export interface RightsStores {
  /** Conversations, and beside them the jobs of rights and what was decided of each user. */
  readonly conversations: ConversationStore;

  /** Files, large contents and exports. */
  readonly files: FileStore;

  /** The keys of members. */
  readonly branchKeys: BranchKeyStore;

  /** How much members used. */
  readonly usage: UsageTable;

  /**
   * Where they are kept a second time.
   *
   * @default - nowhere
   */
  readonly recovery?: RecoveryReplica;
}

/** Where jobs and holds are, and beside them what was decided of each user; all content is elsewhere. */
const JOBS = [RIGHTS_PARTITION];
const DECISIONS = [RIGHTS_PARTITION, decisionsPartition('*')];

const CONTENT = `${CONTENT_PREFIX}*`;
const EXPORTS = `${EXPORTS_PREFIX}*`;

/** What each actor's calls need, and no more: `test/constructs/rights/workspace-rights.long.test.ts` compares it with the calls themselves. */
const GRANTS: Readonly<Record<Exclude<RightsActor, RecoveryActor>, (role: iam.Role, stores: RightsStores) => void>> = {
  witness: (role, { conversations, branchKeys }) => {
    onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:PutItem'], JOBS);
    branchKeys.grantUse(role);
  },
  eraser: (role, { conversations, files, branchKeys, usage }) => {
    onTable(role, conversations, [
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ]);
    onObjects(role, files, ['s3:DeleteObject', 's3:DeleteObjectVersion'], [CONTENT, EXPORTS]);
    onObjects(role, files, ['s3:DeleteObjectTagging', 's3:PutObjectTagging'], [CONTENT]);
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: [files.bucket.bucketArn] }),
    );
    branchKeys.grantErase(role);
    usage.grantErase(role);
  },
  exporter: (role, { conversations, files, branchKeys }) => {
    onTable(role, conversations, [
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
    ]);
    onObjects(role, files, ['s3:GetObject'], [CONTENT]);
    onObjects(role, files, ['s3:PutObject'], [EXPORTS]);
    keyForBucket(files.encryptionKey).grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    branchKeys.grantUse(role);
  },
  closer: (role, { conversations, branchKeys, recovery }) => {
    onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:PutItem'], JOBS);
    // Nothing that encrypts or decrypts. A ResidencyKey's policy lets roles of its account manage it; that of any other key is yours.
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:DescribeKey', 'kms:ScheduleKeyDeletion'],
        resources: [
          branchKeys.encryptionKey.keyArn,
          ...(recovery ? [acrossRegions(recovery.encryptionKey.keyArn)] : []),
        ],
      }),
    );
  },
};

const RECOVERY_GRANTS: Readonly<
  Record<RecoveryActor, (role: iam.Role, recovery: RecoveryReplica, stores: RightsStores) => void>
> = {
  'recovery-witness': (role, recovery) => void recovery.branchKeys._grantDecrypt(role),
  'recovery-eraser': (role, recovery, { conversations }) => {
    const actions = ['dynamodb:BatchWriteItem', 'dynamodb:Query'];
    role.addToPolicy(new iam.PolicyStatement({ actions, resources: [replicaArn(conversations, recovery)] }));
    keyForTable(recovery.encryptionKey).grantEncryptDecrypt(role);
    const bucket = acrossRegions(recovery.files.bucket.bucketArn);
    const objects = [CONTENT, EXPORTS].map((pattern) => `${bucket}/${pattern}`);
    const deletes = ['s3:DeleteObject', 's3:DeleteObjectVersion'];
    role.addToPolicy(new iam.PolicyStatement({ actions: deletes, resources: objects }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: [bucket] }));
    acknowledgeObjects(role, objects, OBJECTS);
    recovery.branchKeys.grantErase(role);
  },
};

/** Grants an actor's role what its steps call. */
export function grantSteps(actor: RightsActor, role: iam.Role, stores: RightsStores): void {
  if (!isOfRecovery(actor)) {
    GRANTS[actor](role, stores);
    return;
  }
  onTable(role, stores.conversations, ['dynamodb:GetItem', 'dynamodb:PutItem'], JOBS);
  if (stores.recovery) RECOVERY_GRANTS[actor](role, stores.recovery, stores);
}

const isOfRecovery = (actor: RightsActor): actor is RecoveryActor => actor in RECOVERY_GRANTS;

/** The replica of the table in the recovery Region, which has the table's name. */
export const replicaArn = ({ table }: ConversationStore, { region }: RecoveryReplica): string =>
  Stack.of(table).formatArn({ service: 'dynamodb', region, resource: 'table', resourceName: table.tableName });

/** Grants deciding, which is the rows of jobs, holds and standings, and the use of the table's key for them. */
export function grantDecide(role: iam.Role, conversations: ConversationStore): void {
  onTable(
    role,
    conversations,
    ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    DECISIONS,
  );
}

/** Grants finding jobs and beginning one, and the use of the table's key for it. */
export function grantTend(role: iam.Role, conversations: ConversationStore): void {
  onTable(role, conversations, ['dynamodb:PutItem', 'dynamodb:Query'], JOBS);
}

/** @param partitions those that the grant is for; all when left out */
function onTable(role: iam.Role, store: ConversationStore, actions: string[], partitions?: readonly string[]): void {
  const conditions = partitions && { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } };
  role.addToPolicy(new iam.PolicyStatement({ actions, resources: [store.table.tableArn], conditions }));
  keyForTable(store.encryptionKey).grantEncryptDecrypt(role);
}

function onObjects(role: iam.Role, { bucket }: FileStore, actions: string[], patterns: readonly string[]): void {
  const resources = patterns.map((pattern) => bucket.arnForObjects(pattern));
  role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  acknowledgeObjects(role, resources, OBJECTS);
}

const OBJECTS =
  'a job is about any member of the workspace, whose objects are below this prefix; the actions are named one by one';
