import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { OrganizationPolicies, type OrganizationPoliciesProps } from '../constructs/perimeter/organization-policies';

/** Construction properties for an OrganizationPoliciesStack. */
export interface OrganizationPoliciesStackProps extends StackProps, OrganizationPoliciesProps {}

/** The policies of an organization, for its management account or that of a delegated administrator. */
export class OrganizationPoliciesStack extends Stack {
  /** The policies. */
  public readonly policies: OrganizationPolicies;

  constructor(scope: Construct, id: string, props: OrganizationPoliciesStackProps) {
    super(scope, id, props);
    this.policies = new OrganizationPolicies(this, 'Policies', props);
    const { testUnit, targets, result } = props.rollout;
    new CfnOutput(this, 'AttachedTo', {
      description: result === undefined ? 'Only the test unit' : `After the test: ${result}`.slice(0, 1024),
      value: [testUnit, ...targets].join(', '),
    });
  }
}
