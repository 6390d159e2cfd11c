import type * as kms from 'aws-cdk-lib/aws-kms';
import type { ApiVariables, TokenVariables, WorkspaceVariables } from '../../contract/environment';
import { retentionText } from '../../contract/retention';
import type { BackgroundJobs } from '../background/background-jobs';
import { addVariables } from '../functions/variables';
import type { InferenceGateway } from '../gateway/inference-gateway';
import type { BranchKeyStore } from '../keys/branch-key-store';
import type { WorkspaceMembers } from '../members/workspace-members';
import type { ConversationStore } from '../stores/conversation-store';
import type { FileStore } from '../stores/file-store';
import type { KeyRequests } from '../stores/key-requests';
import type { UsageTable } from '../stores/usage-table';

/** The gateway of a workspace, and the stores that it uses. */
export interface WorkspaceStores {
  readonly gateway: InferenceGateway;
  readonly members: WorkspaceMembers;
  readonly conversations: ConversationStore;
  readonly files: FileStore;
  readonly branchKeys: BranchKeyStore;
  readonly usage: UsageTable;
  readonly encryptionKey: kms.IKey;
}

/** Lets the gateway, and the worker of background jobs, use the workspace's stores, and tells them where these are. */
export function connectStores(workspace: WorkspaceStores, keyRequests: KeyRequests, background?: BackgroundJobs): void {
  const { gateway, conversations, files, branchKeys, usage, members } = workspace;
  const { recordLinks } = members._administration;
  for (const role of [gateway.role, ...(background?.worker.role ? [background.worker.role] : [])]) {
    conversations.grantServe(role);
    files._grantServe(role);
    branchKeys._grantServe(role);
    keyRequests.grantRequest(role);
    usage.grantCount(role);
    recordLinks.grantLink(role);
  }
  const environment = {
    CONVERSATIONS_TABLE_ARN: conversations.table.tableArn,
    BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
    KEY_REQUESTS_TABLE_ARN: keyRequests.table.tableArn,
    USAGE_TABLE_ARN: usage.table.tableArn,
    RECORD_LINKS_TABLE_ARN: recordLinks.table.tableArn,
    RECORD_LINK_DAYS: `${recordLinks.days}`,
    FILES_BUCKET: files.bucket.bucketName,
    WORKSPACE_KEY_ARN: workspace.encryptionKey.keyArn,
    RETENTION_DAYS: retentionText(conversations.retention.duration?.toDays()),
    ...background?.variables,
  } satisfies Omit<WorkspaceVariables, keyof ApiVariables | keyof TokenVariables>;
  gateway._setEnvironment(environment);
  if (background) addVariables(background.worker, environment);
}
