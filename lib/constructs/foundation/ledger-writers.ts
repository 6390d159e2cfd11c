import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import { LEDGER_PREFIX } from '../../contract/objects';
import type { PolicyKey } from '../keys/policy-key';
import type { ResidencyKey } from '../keys/residency-key';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import type { LedgerLock } from './evidence-bucket';

/**
 * The roles that write the ledger of requests into the evidence bucket. They belong to stacks that are deployed later,
 * so their ARNs name them.
 */
export class LedgerWriters {
  private readonly roleArns: string[] = [];

  constructor(
    public readonly bucket: s3.IBucket,
    private readonly key: ResidencyKey,
    public readonly lock: LedgerLock,
  ) {}

  /**
   * Grants writing the ledger and reading it back, and nothing else in the bucket.
   *
   * @param roleName the role's name, known at synthesis
   */
  public add(role: iam.Role, roleName: string): void {
    const { key, bucket } = this;
    const stack = Stack.of(key);
    this.roleArns.push(stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: roleName }));
    const viaService = { 'kms:ViaService': (key.key as PolicyKey).viaService('s3') };
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    const objects = [bucket.arnForObjects(`${LEDGER_PREFIX}*`)];
    if (this.roleArns.length === 1) {
      key.key.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'LedgerIsWritten',
          actions,
          principals: [new iam.AccountRootPrincipal()],
          resources: ['*'],
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.roleArns }) },
            StringEquals: viaService,
          },
        }),
      );
      // What another principal writes before the ledger would be its first version, a delete marker hides an object, and once its lock
      // has ended, a version can be deleted.
      bucket.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'OnlyTheLedgerWritesIt',
          effect: iam.Effect.DENY,
          actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
          principals: [new iam.AnyPrincipal()],
          resources: objects,
          conditions: { ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.roleArns }) } },
        }),
      );
    }
    const statements = [
      { actions, resources: [key.key.keyArn], conditions: { StringEquals: viaService } },
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
