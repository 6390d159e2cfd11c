import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RecoveryRegion, type RecoveryRegionProps } from '../constructs/foundation/recovery-region';
import { possibleZones } from '../constructs/network/zones';

/** Construction properties for a RecoveryStack. */
export interface RecoveryStackProps extends StackProps, RecoveryRegionProps {}

/** The resources that the replicas share in the recovery Region; one per deployment. */
export class RecoveryStack extends Stack {
  /** The network and the bucket of access logs. */
  public readonly recovery: RecoveryRegion;

  constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, props);
    this.recovery = new RecoveryRegion(this, 'Recovery', props);
  }

  /** Explicit, because a VPC always asks its stack for zones, and CDK would look them up with the caller's credentials. */
  public override get availabilityZones(): string[] {
    return possibleZones(this.region);
  }
}
