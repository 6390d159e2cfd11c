import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { LEDGER_PREFIX } from '../../contract/objects';
import type { ResidencyKey } from '../keys/residency-key';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import type { LedgerLock } from './evidence-bucket';
import { LaterWriters } from './later-writers';

/** The roles that write the ledger of requests into the evidence bucket. */
export class LedgerWriters {
  private readonly writers: LaterWriters;

  constructor(
    public readonly bucket: s3.IBucket,
    key: ResidencyKey,
    public readonly lock: LedgerLock,
  ) {
    this.writers = new LaterWriters(key, 'LedgerIsWritten', ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  /**
   * Grants writing the ledger and reading it back, and nothing else in the bucket.
   *
   * @param roleName the role's name, known at synthesis
   */
  public add(role: iam.Role, roleName: string): void {
    const { bucket, writers } = this;
    const objects = [bucket.arnForObjects(`${LEDGER_PREFIX}*`)];
    if (writers.add(role, roleName)) {
      // What another principal writes before the ledger would be its first version, a delete marker hides an object, and once its lock
      // has ended, a version can be deleted.
      bucket.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'OnlyTheLedgerWritesIt',
          effect: iam.Effect.DENY,
          actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
          principals: [new iam.AnyPrincipal()],
          resources: objects,
          conditions: { ArnNotEquals: { 'aws:PrincipalArn': writers.allArns } },
        }),
      );
    }
    const statements = [
      { actions: ['s3:GetObjectVersion', 's3:PutObject', 's3:PutObjectRetention'], resources: objects },
      {
        actions: ['s3:ListBucketVersions'],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${LEDGER_PREFIX}*` } },
      },
    ];
    for (const statement of statements) role.addToPolicy(new iam.PolicyStatement(statement));
    acknowledgeObjects(role, objects, 'each hour has its own objects, below the prefix of the ledger');
  }
}
