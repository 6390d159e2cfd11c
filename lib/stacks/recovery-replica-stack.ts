import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RecoveryReplica, type RecoveryReplicaProps } from '../constructs/stores/recovery-replica';

/** Construction properties for a RecoveryReplicaStack. */
export interface RecoveryReplicaStackProps extends StackProps, RecoveryReplicaProps {}

/** The replica of one workspace, in the recovery Region. */
export class RecoveryReplicaStack extends Stack {
  /** The key, the key store and the bucket. */
  public readonly replica: RecoveryReplica;

  constructor(scope: Construct, id: string, props: RecoveryReplicaStackProps) {
    super(scope, id, props);
    this.replica = new RecoveryReplica(this, 'Replica', props);
  }
}
