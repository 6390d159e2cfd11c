import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeploymentConfig } from '../../config/model/config';
import { stackDescription } from '../../contract/stack-description';

/** A deployment whose stacks are being created. */
export interface Plan {
  readonly scope: Construct;
  readonly deployment: DeploymentConfig;
  readonly boundary: ResidencyBoundary;
}

/** The limits of each API, for all callers together. */
export const throttlingOf = ({ deployment: { api } }: Plan) => ({
  requestsPerSecond: api?.requestsPerSecond,
  burstRequests: api?.burstRequests,
});

/** The zones that the file names for a Region; none for the default. */
export const zonesIn = ({ deployment }: Plan, region: string): string[] | undefined => {
  const zones = deployment.network.zones?.[region];
  return zones && [...zones];
};

/** The props that every stack of a deployment has. */
export function stackProps({ deployment, boundary }: Plan, what: string, region = deployment.primaryRegion) {
  return {
    boundary,
    description: `${stackDescription(deployment.name)}${what} (boundary ${boundary.name})`,
    env: { account: deployment.account ?? process.env.CDK_DEFAULT_ACCOUNT, region },
  } satisfies StackProps & { boundary: ResidencyBoundary };
}
