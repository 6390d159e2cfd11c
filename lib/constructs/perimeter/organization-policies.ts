import * as organizations from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { attachable, attachedName } from '../../perimeter/organization/attachable';
import { documentsOf, type PerimeterProps } from './boundary-policy';
import type { PolicyRollout } from './policy-rollout';

/** Construction properties for OrganizationPolicies. */
export interface OrganizationPoliciesProps extends PerimeterProps {
  /** Where the policies are attached: a test unit first. */
  readonly rollout: PolicyRollout;
}

/**
 * The policies of an organization's perimeter: service and resource control policies, and the opt-out of AI services. Its stack belongs in
 * the management account or that of a delegated administrator. Policies bind neither the management account nor service-linked roles,
 * and their types must be enabled in the root: CloudFormation can't do that.
 */
export class OrganizationPolicies extends Construct {
  /** The IDs of the policies. Known only at deployment. */
  public readonly policyIds: string[];

  /** @throws if the stack's Region isn't inside the boundary, or the organization's ID has another form */
  constructor(scope: Construct, id: string, props: OrganizationPoliciesProps) {
    super(scope, id);
    const { testUnit, targets, result } = props.rollout;
    const policies = attachable(documentsOf(this, props)).map(({ document, type }) => {
      const policy = new organizations.CfnPolicy(this, document.name, {
        name: attachedName(document),
        description: document.description.slice(0, MOST),
        type,
        // As an object, because CloudFormation finds no drift in a text.
        content: document.content,
        targetIds: [testUnit, ...targets],
      });
      if (result !== undefined) policy.addMetadata('residency:tested', result);
      return policy;
    });
    // Organizations refuses changes at the same time. The later come first: a statement that moves is there before it leaves the earlier one.
    for (const [index, policy] of policies.entries()) {
      const next = policies[index + 1];
      if (next !== undefined) policy.addResourceDependency(next);
    }
    this.policyIds = policies.map((policy) => policy.attrId);
  }
}

/** The longest description of a policy. */
const MOST = 512;
