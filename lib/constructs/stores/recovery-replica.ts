import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { TAGS } from '../../contract/tags';
import { KeyEvents } from '../foundation/key-events';
import type { RecoveryRegion } from '../foundation/recovery-region';
import { BranchKeyStore } from '../keys/branch-key-store';
import { allowReplica } from '../keys/key-for-service';
import type { PolicyKey } from '../keys/policy-key';
import { ResidencyKey } from '../keys/residency-key';
import { requireInside } from '../shared/require-inside';
import { FileStore } from './file-store';
import type { RetentionPeriod } from './retention-period';

/** Construction properties for a RecoveryReplica. */
export interface RecoveryReplicaProps {
  /** The boundary in which the replicas may be stored. */
  readonly boundary: ResidencyBoundary;

  /** The resources that the replicas of the Region share. */
  readonly recovery: RecoveryRegion;

  /** The ID of the workspace. */
  readonly workspaceId: string;

  /** Retention of the workspace's conversations and files, the same in both Regions. */
  readonly retention: RetentionPeriod;
}

/**
 * The replicas of a workspace in another Region: that Region's own key, which encrypts the replica of the table of
 * conversations, a bucket to which files are replicated, and a key store with the members' branch keys, each encrypted
 * under that key. The table itself belongs to the workspace's stack, which creates it in both Regions.
 */
export class RecoveryReplica extends Construct {
  /** The Region of the replicas. */
  public readonly region: string;

  /** The workspace's key in that Region. */
  public readonly encryptionKey: kms.IKey;

  /** The branch keys of the members, under that key. */
  public readonly branchKeys: BranchKeyStore;

  /** The replicas of files. */
  public readonly files: FileStore;

  /** The resources that it shares with other replicas. */
  public readonly recovery: RecoveryRegion;

  /** @throws if the Region is outside the boundary or differs from the one of `recovery` */
  constructor(scope: Construct, id: string, props: RecoveryReplicaProps) {
    super(scope, id);
    const { boundary, recovery, workspaceId, retention } = props;
    this.recovery = recovery;
    this.region = requireInside(this, boundary, 'it stores replicas of personal data');
    this.requireShared(recovery);
    this.encryptionKey = new ResidencyKey(this, 'Key', {
      boundary,
      description: `Copies of conversations and files of workspace ${workspaceId}`,
    }).key;
    const shared = { boundary, encryptionKey: this.encryptionKey };
    this.branchKeys = new BranchKeyStore(this, 'BranchKeys', { ...shared, workspaceId });
    this.files = new FileStore(this, 'Files', { ...shared, retention, accessLogBucket: recovery.accessLogBucket });
    new KeyEvents(this, 'KeyEvents', { foundation: recovery.foundation, key: this.encryptionKey });
    Tags.of(this).add(TAGS.tenant, `workspace/${workspaceId}`);
  }

  /**
   * Allows the stack that creates the table to create its replica here.
   *
   * @internal
   */
  public _allowTable(maker: Construct): void {
    allowReplica(this.encryptionKey as PolicyKey, maker);
  }

  /**
   * Grants reading the replicas, and using the keys of this Region to do so. By default only a RecoveryDrill has this
   * permission.
   *
   * @param tableArn the ARN of the table's replica, which has the same name as the workspace's table
   */
  public grantRead(grantee: iam.IGrantable, tableArn: string): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['dynamodb:Scan'], resourceArns: [tableArn] })
      .combine(this.branchKeys._grantDecrypt(grantee))
      .combine(this.files.grantRead(grantee));
  }

  private requireShared(recovery: RecoveryRegion): void {
    if (recovery.region === this.region) return;
    throw new Error(
      `${this.node.path}: the stack must be in ${recovery.region}, the Region of ${recovery.node.path}, because access logs must stay in ` +
        `their bucket's Region, got a stack in '${this.region}'; set its 'env.region' to '${recovery.region}'`,
    );
  }
}
