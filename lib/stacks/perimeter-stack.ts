import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { BoundaryPolicy, type BoundaryPolicyProps } from '../constructs/perimeter/boundary-policy';

/** Construction properties for a PerimeterStack. */
export interface PerimeterStackProps extends StackProps, BoundaryPolicyProps {}

/** The permissions boundary of an account; one per account, deployed before the roles that have it. */
export class PerimeterStack extends Stack {
  /** The managed policy. */
  public readonly boundaryPolicy: BoundaryPolicy;

  constructor(scope: Construct, id: string, props: PerimeterStackProps) {
    super(scope, id, props);
    this.boundaryPolicy = new BoundaryPolicy(this, 'Boundary', props);
    new CfnOutput(this, 'PermissionsBoundary', {
      description: 'The managed policy that every role of the deployment has as its permissions boundary',
      value: this.boundaryPolicy.policyName,
    });
  }
}
