import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CONTENT_PREFIX } from '../../contract/objects';
import { keyForBucket } from '../keys/key-for-service';
import { acrossRegions } from '../shared/across-regions';
import { clipped } from '../shared/clipped';
import { acknowledgeObjects } from '../shared/every-object';
import { roleNameOf } from '../shared/role-name';

/** Construction properties for a FileReplication. */
export interface FileReplicationProps {
  readonly from: ReplicatedBucket;
  /** In another Region. */
  readonly to: ReplicatedBucket;
}

/** A bucket of files and the key that it is encrypted with. */
export interface ReplicatedBucket {
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
}

/** An export, which is there for seven days, isn't replicated. */
const CONTENT = CONTENT_PREFIX;

/**
 * Has S3 copy each new object of a bucket of files to the one in the recovery Region, encrypted under that Region's key. That an
 * object was deleted is copied too; that a version of it was, never is.
 */
export class FileReplication extends Construct {
  constructor(scope: Construct, id: string, { from, to }: FileReplicationProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      // The key of the other Region names it before it is made.
      roleName: roleNameOf(this),
      description: clipped(`Replicates ${scope.node.path} to ${Stack.of(to.bucket).region}`),
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
      'S3 replicates each object of content by this role; the actions are named one by one',
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
