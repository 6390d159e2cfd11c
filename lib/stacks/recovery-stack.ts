import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RecoveryRegion, type RecoveryRegionProps } from '../constructs/foundation/recovery-region';

/** Construction properties for a RecoveryStack. */
export interface RecoveryStackProps extends StackProps, RecoveryRegionProps {}

/** What the replicas of a deployment share in its recovery Region; one a deployment. */
export class RecoveryStack extends Stack {
  /** The network and the bucket of access logs. */
  public readonly recovery: RecoveryRegion;

  constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props);
    this.recovery = new RecoveryRegion(this, 'Recovery', props);
  }

  /** Written out, because a VPC asks its stack even when it is told: CDK would look them up with somebody's credentials. */
  public override get availabilityZones(): string[] {
    return ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`);
  }
}
