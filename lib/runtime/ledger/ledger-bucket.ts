import type { S3Client } from '@aws-sdk/client-s3';

/** The bucket of evidence, and how long what is written is locked. */
export interface LedgerBucket {
  readonly client: Pick<S3Client, 'send'>;
  readonly name: string;
  readonly lock: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number };
  readonly now: () => Date;
}
