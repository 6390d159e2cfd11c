import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Vault } from '../vault/vault';
import type { Size } from './size';

/** Where a workspace's content is stored, and how. */
export interface ContentOptions {
  readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  readonly bucket: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  readonly vault: Vault;
  /** @default - content is kept until somebody deletes it */
  readonly retentionDays?: number;
  /**
   * What a model is sent of a conversation, its newest part, in estimated tokens and in bytes.
   *
   * @default - 100 000 tokens, which fit every text model of the facts, and 8 MB
   */
  readonly window?: Partial<Size>;
  /** @default - the clock */
  readonly now?: () => Date;
}
