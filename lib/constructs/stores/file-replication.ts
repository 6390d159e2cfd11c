import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CONTENT_PREFIX } from '../../contract/objects';
import { keyForBucket } from '../keys/key-for-service';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { acrossRegions } from '../shared/across-regions';
import { roleNameOf } from '../shared/role-name';
import { truncated } from '../shared/truncated';

/** Construction properties for a FileReplication. */
export interface FileReplicationProps {
  readonly from: ReplicatedBucket;
  /** The target, in another Region. */
  readonly to: ReplicatedBucket;
}

/** A bucket of files and the key that encrypts it. */
export interface ReplicatedBucket {
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
}

/** Exports, which exist for seven days, aren't replicated. */
const CONTENT = CONTENT_PREFIX;

/**
 * Makes S3 replicate each new object of a bucket of files to the bucket in the recovery Region, encrypted under that
 * Region's key. S3 replicates delete markers, but never the deletion of a version.
 */
export class FileReplication extends Construct {
  constructor(scope: Construct, id: string, { from, to }: FileReplicationProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      // The key of the other Region names the role before it is created.
      roleName: roleNameOf(this),
      description: truncated(`Replicates ${scope.node.path} to ${Stack.of(to.bucket).region}`),
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const source = from.bucket;
    const target = acrossRegions(to.bucket.bucketArn);
    const statements: [string[], string][] = [
      [['s3:GetReplicationConfiguration', 's3:ListBucket'], source.bucketArn],
      [
        ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
        source.arnForObjects(`${CONTENT}*`),
      ],
      [['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], `${target}/${CONTENT}*`],
    ];
    for (const [actions, resource] of statements) {
      role.addToPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
    }
    acknowledgeObjects(
      role,
      [source.arnForObjects(`${CONTENT}*`), `${target}/${CONTENT}*`],
      'S3 replicates each object of content with this role; the actions are named one by one',
    );
    keyForBucket(from.encryptionKey).grant(role, 'kms:Decrypt');
    keyForBucket(to.encryptionKey).grant(role, 'kms:Encrypt', 'kms:GenerateDataKey');

    (source.node.defaultChild as s3.CfnBucket).replicationConfiguration = {
      role: role.roleArn,
      rules: [
        {
          id: 'Recovery',
          status: 'Enabled',
          priority: 0,
          filter: { prefix: CONTENT },
          deleteMarkerReplication: { status: 'Enabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: target,
            encryptionConfiguration: { replicaKmsKeyId: acrossRegions(to.encryptionKey.keyArn) },
          },
        },
      ],
    };
  }
}
