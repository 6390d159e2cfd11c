import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { CONTENT_PREFIX, EXPORTS_PREFIX } from '../../contract/objects';
import { ACTORS, type RecoveryActor, type RightsActor } from '../../contract/rights';
import { contentPartition, decisionsPartition, RIGHTS_PARTITION } from '../../contract/tables';
import type { BranchKeyStore } from '../keys/branch-key-store';
import { grantDeletion, keyForBucket, keyForTable } from '../keys/key-for-service';
import type { DirectoryTable } from '../members/directory-table';
import type { RecordLinksTable } from '../members/record-links-table';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { acrossRegions } from '../shared/across-regions';
import type { ConversationStore } from '../stores/conversation-store';
import type { FileStore } from '../stores/file-store';
import type { KeyRequests } from '../stores/key-requests';
import type { RecoveryReplica } from '../stores/recovery-replica';
import type { UsageTable } from '../stores/usage-table';

/** The stores to which rights apply. */
export interface RightsStores {
  /** Conversations, with the rights jobs and the decisions about each user in the same table. */
  readonly conversations: ConversationStore;

  /** Files, large contents and exports. */
  readonly files: FileStore;

  /** The branch keys of members. */
  readonly branchKeys: BranchKeyStore;

  /** The usage of members. */
  readonly usage: UsageTable;

  /**
   * The users and groups that SCIM writes.
   *
   * @default - none
   */
  readonly directory?: DirectoryTable;

  /**
   * The replicas of the stores in the recovery Region.
   *
   * @default - none
   */
  readonly recovery?: RecoveryReplica;
}

/** The stores, where branch keys are requested, and the links of records to members. */
interface ActorStores extends RightsStores {
  readonly keyRequests: KeyRequests;
  readonly recordLinks: RecordLinksTable;
}

/** The partitions of jobs and holds, of decisions about each user, and of users' content. The table has no others. */
const JOBS = [RIGHTS_PARTITION];
const STATUSES = [decisionsPartition('*')];
const DECISIONS = [...JOBS, ...STATUSES];
const USERS = [contentPartition('*')];

const CONTENT = `${CONTENT_PREFIX}*`;
const EXPORTS = `${EXPORTS_PREFIX}*`;

/**
 * The permissions that each actor's calls need, and no more: `test/constructs/rights/workspace-rights.long.test.ts`
 * compares them with the calls themselves.
 */
const GRANTS: Readonly<Record<Exclude<RightsActor, RecoveryActor>, (role: iam.Role, stores: ActorStores) => void>> = {
  [ACTORS.verifier]: (role, { conversations, branchKeys, keyRequests }) => {
    onTable(role, conversations, ['dynamodb:GetItem'], DECISIONS);
    onTable(role, conversations, ['dynamodb:PutItem'], JOBS);
    branchKeys._grantServe(role);
    keyRequests.grantRequest(role);
  },
  [ACTORS.eraser]: (role, { conversations, files, branchKeys, usage, recordLinks, directory }) => {
    onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:Query'], [...DECISIONS, ...USERS]);
    // A scan names no partition.
    onTable(role, conversations, ['dynamodb:Scan']);
    onTable(role, conversations, ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], DECISIONS);
    onTable(role, conversations, ['dynamodb:BatchWriteItem', 'dynamodb:UpdateItem'], USERS);
    onObjects(role, files, ['s3:DeleteObject', 's3:DeleteObjectVersion'], [CONTENT, EXPORTS]);
    onObjects(role, files, ['s3:DeleteObjectTagging', 's3:PutObjectTagging'], [CONTENT]);
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: [files.bucket.bucketArn] }),
    );
    branchKeys.grantErase(role);
    usage.grantErase(role);
    recordLinks.grantErase(role);
    directory?.grantErase(role);
  },
  [ACTORS.exporter]: (role, { conversations, files, branchKeys, keyRequests, recordLinks }) => {
    onTable(role, conversations, ['dynamodb:GetItem'], [...DECISIONS, ...USERS]);
    onTable(role, conversations, ['dynamodb:Query'], USERS);
    // An export's transaction checks that the user isn't being erased, and that the export is still listed. DynamoDB decides on each action by its own permission:
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
    onTable(role, conversations, ['dynamodb:ConditionCheckItem'], [...STATUSES, ...USERS]);
    onTable(role, conversations, ['dynamodb:PutItem'], [...JOBS, ...USERS]);
    onObjects(role, files, ['s3:GetObject'], [CONTENT]);
    onObjects(role, files, ['s3:PutObject'], [EXPORTS]);
    keyForBucket(files.encryptionKey).grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    branchKeys._grantServe(role);
    keyRequests.grantRequest(role);
    recordLinks.grantExport(role);
  },
  [ACTORS.workspaceDeleter]: (role, { conversations, branchKeys, recovery }) => {
    onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:PutItem'], JOBS);
    // No action that encrypts or decrypts.
    grantDeletion(role, branchKeys.encryptionKey, recovery && acrossRegions(recovery.encryptionKey.keyArn));
  },
};

const RECOVERY_GRANTS: Readonly<
  Record<RecoveryActor, (role: iam.Role, recovery: RecoveryReplica, stores: RightsStores) => void>
> = {
  [ACTORS.recoveryVerifier]: (role, recovery) => void recovery.branchKeys._grantDecrypt(role),
  [ACTORS.recoveryEraser]: (role, recovery, { conversations }) => {
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

/** Grants an actor's role the permissions for its steps. */
export function grantSteps(actor: RightsActor, role: iam.Role, stores: ActorStores): void {
  if (!isRecoveryActor(actor)) {
    GRANTS[actor](role, stores);
    return;
  }
  // The eraser deletes nothing unless the decisions about the user name the erasure.
  onTable(role, stores.conversations, ['dynamodb:GetItem'], actor === ACTORS.recoveryEraser ? DECISIONS : JOBS);
  onTable(role, stores.conversations, ['dynamodb:PutItem'], JOBS);
  if (stores.recovery) RECOVERY_GRANTS[actor](role, stores.recovery, stores);
}

const isRecoveryActor = (actor: RightsActor): actor is RecoveryActor => actor in RECOVERY_GRANTS;

/** The ARN of the table's replica in the recovery Region, which has the same name. */
export const replicaArn = ({ table }: ConversationStore, { region }: RecoveryReplica): string =>
  Stack.of(table).formatArn({ service: 'dynamodb', region, resource: 'table', resourceName: table.tableName });

/** Grants deciding on rights: the rows of jobs, holds and user statuses, and the use of the table's key for them. */
export function grantDecide(role: iam.Role, conversations: ConversationStore): void {
  onTable(
    role,
    conversations,
    ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    DECISIONS,
  );
}

/** Grants an operator's confirmation: the rows of jobs and user statuses, and the use of the table's key for them. */
export function grantConfirm(role: iam.Role, conversations: ConversationStore): void {
  onTable(role, conversations, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], DECISIONS);
}

/** Grants finding and starting jobs, and the use of the table's key for that. */
export function grantResumeJobs(role: iam.Role, conversations: ConversationStore): void {
  onTable(role, conversations, ['dynamodb:PutItem', 'dynamodb:Query'], JOBS);
}

/** @param partitions the partitions of the grant; all if left out */
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
  'a job can concern any member of the workspace, whose objects are below this prefix; the actions are named one by one';
