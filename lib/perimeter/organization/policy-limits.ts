import { AWS_LIMITS, ORGANIZATION_LIMITS } from '../../facts/aws-limits';
import type { DocumentKind } from './document';

/** A kind of policy in IAM's language that Organizations attaches. */
export type OrganizationPolicyKind = 'scp' | 'rcp';

/** The largest document, and the most documents, that can be attached to a root, OU or account. */
export interface PolicyLimit {
  readonly characters: number;
  /** Without the policy that AWS attaches itself: `FullAWSAccess`, `RCPFullAWSAccess`. */
  readonly own: number;
  readonly source: string;
  readonly asOf: string;
}

/** The limits of SCPs were raised in 2026, but no source says so of the sovereign partition. */
const raised = (partition: string): boolean => partition === 'aws';

/** The limits of policies that are attached to a root, OU or account. */
export function policyLimit(kind: OrganizationPolicyKind, partition: string): PolicyLimit {
  const isRaised = kind === 'scp' && raised(partition);
  const size = isRaised ? ORGANIZATION_LIMITS.controlPolicyRaised : ORGANIZATION_LIMITS.controlPolicy;
  const attached = isRaised
    ? ORGANIZATION_LIMITS.attachedControlPoliciesRaised
    : ORGANIZATION_LIMITS.attachedControlPolicies;
  return { characters: size.most, own: attached.most - 1, source: size.source, asOf: size.asOf };
}

/** The largest document of a kind, in characters; none if no source was read. */
export function characterLimit(kind: DocumentKind, partition: string): number | undefined {
  if (kind === 'scp' || kind === 'rcp') return policyLimit(kind, partition).characters;
  if (kind === 'permissions-boundary') return AWS_LIMITS.managedPolicy.most;
  return kind === 'ai-opt-out' ? ORGANIZATION_LIMITS.aiOptOutPolicy.most : undefined;
}
