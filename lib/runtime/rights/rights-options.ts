import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { KeyErasure, Vault } from '../workspace/vault/vault';
import type { MemberCounts } from './member-counts';
import type { RecoveryStores } from './recovery-steps';
import type { KeyEnding } from './workspace-key-ending';

/** What the rights of a workspace's users are exercised on. */
export interface RightsOptions {
  readonly workspace: string;
  readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  readonly bucket: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  /** Where certificates are kept. */
  readonly evidence: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  readonly vault: Vault;
  readonly keys: KeyErasure;
  /** What is counted of a member by their id beside the content. */
  readonly counts: MemberCounts;
  /** @default - content is kept in one Region */
  readonly recovery?: RecoveryStores;
  /** The end of the workspace's own key. */
  readonly ending: KeyEnding;
  /** @default - content is kept until somebody deletes it */
  readonly retentionDays?: number;
  /** @default - the clock */
  readonly now?: () => Date;
}
