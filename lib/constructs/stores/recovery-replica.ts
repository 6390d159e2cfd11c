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
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /** What the replicas of the Region share. */
  readonly recovery: RecoveryRegion;

  /** The id of the workspace. */
  readonly workspaceId: string;

  /** How long the workspace's conversations and files are kept, here as there. */
  readonly retention: RetentionPeriod;
}

/**
 * What keeps a workspace a second time, in another Region than its own: that Region's own key, under which the replica of the
 * table of conversations is, a bucket into which files are replicated, and a key store with the branch keys of the members, each
 * encrypted under that key. The table itself belongs to the workspace's stack, which makes it in both Regions.
 */
export class RecoveryReplica extends Construct {
  /** The Region. */
  public readonly region: string;

  /** The Region's own key of the workspace. */
  public readonly encryptionKey: kms.IKey;

  /** The keys of the members, under the Region's own. */
  public readonly branchKeys: BranchKeyStore;

  /** The replicas of files. */
  public readonly files: FileStore;

  /** What it shares with others. */
  public readonly recovery: RecoveryRegion;

  constructor(scope: Construct, id: string, props: RecoveryReplicaProps) {
    super(scope, id);
    const { boundary, recovery, workspaceId, retention } = props;
    this.recovery = recovery;
    this.region = requireInside(this, boundary, 'it keeps copies of personal data');
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
   * Lets the stack that makes the table make its replica here.
   *
   * @internal
   */
  public _allowTable(maker: Construct): void {
    allowReplica(this.encryptionKey as PolicyKey, maker);
  }

  /**
   * Grants reading what is kept here, and using the keys of here to do so. Nobody has this by default but a RecoveryDrill.
   *
   * @param tableArn that of the replica of the table, which has the name of the workspace's own
   */
  public grantRead(grantee: iam.IGrantable, tableArn: string): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['dynamodb:Scan'], resourceArns: [tableArn] })
      .combine(this.branchKeys._grantDecrypt(grantee))
      .combine(this.files.grantRead(grantee));
  }

  private requireShared(recovery: RecoveryRegion): void {
    if (recovery.region === this.region) return;
    throw new Error(
      `${this.node.path}: the stack must be in ${recovery.region}, the Region of ${recovery.node.path}, because access logs are kept where ` +
        `the bucket is, got one in '${this.region}'; set its 'env.region' to '${recovery.region}'`,
    );
  }
}
