import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Keyring } from '../keyring/keyring';

/** A table, and a client of its Region. */
export interface TableAccess {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly name: string;
}

/** A bucket, and a client of its Region. */
export interface BucketAccess {
  readonly client: Pick<S3Client, 'send'>;
  readonly name: string;
}

/** The stores of a workspace's content, and the keys that encrypt it. */
export interface ContentStores {
  readonly table: TableAccess;
  readonly bucket: BucketAccess;
  readonly keyring: Keyring;
}
