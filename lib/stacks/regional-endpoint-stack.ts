import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RegionalEndpoint, type RegionalEndpointProps } from '../constructs/foundation/regional-endpoint';

/** Construction properties for a RegionalEndpointStack. */
export interface RegionalEndpointStackProps extends StackProps, RegionalEndpointProps {}

/** The way to Bedrock in another Region than the foundation's; one for each such Region. */
export class RegionalEndpointStack extends Stack {
  /** The network, endpoint, peering and zone. */
  public readonly endpoint: RegionalEndpoint;

  constructor(scope: Construct, id: string, props: RegionalEndpointStackProps) {
    super(scope, id, props);
    this.endpoint = new RegionalEndpoint(this, 'Endpoint', props);
  }

  /** Written out, because a VPC asks its stack even when it is told: CDK would look them up with somebody's credentials. */
  public override get availabilityZones(): string[] {
    return ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`);
  }
}
