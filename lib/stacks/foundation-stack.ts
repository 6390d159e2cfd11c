import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { Destination } from '../boundary/destination';
import { ApiGatewayAccount } from '../constructs/api-gateway-account';
import { Foundation } from '../constructs/foundation';

/** Construction properties for a FoundationStack. */
export interface FoundationStackProps extends StackProps {
  /** Where everything may be. */
  readonly boundary: ResidencyBoundary;

  /** What the gateways of the deployment call. */
  readonly destinations: Destination[];
}

/** What all workspaces and projects of a deployment share; one a deployment. */
export class FoundationStack extends Stack {
  /** The network, web ACL, keys, buckets and trail. */
  public readonly foundation: Foundation;

  constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id, props);
    this.foundation = new Foundation(this, 'Foundation', props);
    new ApiGatewayAccount(this, 'ApiGatewayAccount');
  }

  /** Written out, because a VPC asks its stack even when it is told: CDK would look them up with somebody's credentials. */
  public override get availabilityZones(): string[] {
    return ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`);
  }
}
