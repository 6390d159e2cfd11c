import { FeatureFlags, Token } from 'aws-cdk-lib/core';
import { IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import type { IConstruct } from 'constructs';

/** ARNs of one statement in a managed policy, which accepts 6,144 characters. */
const PER_STATEMENT = 25;

/** The characters that CDK assumes for an ARN that is unknown until deployment. */
const UNKNOWN_ARN = 150;

/**
 * Characters that the ARNs of one statement have inline, by CDK's estimate. It leaves 10,000 inline, and the role's earlier statements
 * have 1,350 of them; 1,550 if CDK doesn't merge the two on the ledger's key. Unless CDK moves it, a statement may be longer than a
 * managed policy.
 */
const MOST_INLINE = { merged: 8_570, separate: 8_420 };

/**
 * The ARNs of log groups, divided into statements that fit a policy. CDK moves statements that don't fit inline into managed policies, but
 * doesn't divide a statement. As long as one fits inline, there is one, as in version 0.1.0.
 */
export function inStatements(scope: IConstruct, arns: readonly string[]): string[][] {
  // Each also has quotes and a comma.
  const length = arns.reduce((sum, arn) => sum + (Token.isUnresolved(arn) ? UNKNOWN_ARN : arn.length) + 3, 0);
  const most = FeatureFlags.of(scope).isEnabled(IAM_MINIMIZE_POLICIES) ? MOST_INLINE.merged : MOST_INLINE.separate;
  if (length <= most) return [[...arns]];
  return Array.from({ length: Math.ceil(arns.length / PER_STATEMENT) }, (_, index) =>
    arns.slice(index * PER_STATEMENT, (index + 1) * PER_STATEMENT),
  );
}
