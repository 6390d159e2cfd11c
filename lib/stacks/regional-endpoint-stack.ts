import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RegionalEndpoint, type RegionalEndpointProps } from '../constructs/foundation/regional-endpoint';
import { possibleZones } from '../constructs/network/zones';

/** Construction properties for a RegionalEndpointStack. */
export interface RegionalEndpointStackProps extends StackProps, RegionalEndpointProps {}

/** The endpoint for Bedrock in a Region other than the foundation's; one per Region. */
export class RegionalEndpointStack extends Stack {
  /** The network, endpoint, peering and zone. */
  public readonly endpoint: RegionalEndpoint;

  constructor(scope: Construct, id: string, props: RegionalEndpointStackProps) {
    super(scope, id, props);
    this.endpoint = new RegionalEndpoint(this, 'Endpoint', props);
  }

  /** Explicit, because a VPC always asks its stack for zones, and CDK would look them up with the caller's credentials. */
  public override get availabilityZones(): string[] {
    return possibleZones(this.region);
  }
}
