import * as iam from 'aws-cdk-lib/aws-iam';
import { ArnFormat, Stack, Token, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];
const LOOK_UPS = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];

/**
 * A function's role with no permission beyond running in a VPC. AWS's managed policy for that would also allow every
 * log group, and the calls by the function's own code.
 *
 * @param roleName the name, for a role that a policy of another stack names; chosen by CloudFormation if left out
 */
export function vpcFunctionRole(scope: Construct, id: string, description: string, roleName?: string): iam.Role {
  const stack = Stack.of(scope);
  const anyOfAccount = stack.formatArn({
    service: 'ec2',
    resource: '*',
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  const role = new iam.Role(scope, id, {
    description,
    roleName,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Vpc: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: NETWORK_INTERFACES, resources: [anyOfAccount] }),
          new iam.PolicyStatement({ actions: LOOK_UPS, resources: ['*'] }),
          // The condition key is present only if the function's own code makes the call, not when Lambda attaches the
          // function to the VPC.
          new iam.PolicyStatement({
            sid: 'NotByTheFunctionsCode',
            effect: iam.Effect.DENY,
            actions: [...NETWORK_INTERFACES, ...LOOK_UPS],
            resources: ['*'],
            conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
          }),
        ],
      }),
    },
  });
  const account = Token.isUnresolved(stack.account) ? '<AWS::AccountId>' : stack.account;
  const region = Token.isUnresolved(stack.region) ? '<AWS::Region>' : stack.region;
  const partition = Token.isUnresolved(stack.partition) ? '<AWS::Partition>' : stack.partition;
  for (const resource of ['*', `arn:${partition}:ec2:${region}:${account}:*/*`]) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
      reason:
        "Lambda creates a VPC function's network interfaces with this role: they have no ID yet when the permission is checked, " +
        "and EC2's Describe actions don't support resources; the same actions are denied to the function's own code",
    });
  }
  return role;
}
