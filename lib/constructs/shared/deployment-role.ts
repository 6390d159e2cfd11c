import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * The ARN of the role with which CloudFormation creates a construct's resources. As CDK bootstraps it, it trusts only
 * CloudFormation; an IAM administrator can change that.
 *
 * @param task the task that only this role may do, as a clause, such as `create a table under its key`
 * @throws if the stack's synthesizer has no execution role
 */
export function deploymentRoleArn(scope: Construct, task: string): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const role = stack.synthesizer.cloudFormationExecutionRole;
  if (role === undefined) {
    throw new Error(
      `${scope.node.path} needs a CloudFormation execution role, because only such a role may ${task}, ` +
        `got a stack whose synthesizer has none; use a DefaultStackSynthesizer`,
    );
  }
  return role
    .replaceAll('${AWS::Partition}', stack.partition)
    .replaceAll('${AWS::AccountId}', stack.account)
    .replaceAll('${AWS::Region}', stack.region);
}
