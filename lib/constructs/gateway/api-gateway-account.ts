import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ALWAYS_RETAINED } from '../shared/removal';

/**
 * The role with which API Gateway writes access logs. It is one setting for the whole account and Region, shared by all
 * APIs there. A deployment defines it once, and it replaces the role that was set before.
 */
export class ApiGatewayAccount extends Construct {
  /** The role that API Gateway assumes. */
  public readonly role: iam.IRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      description: "Writes API Gateway's access logs",
      // Without aws:SourceAccount, which API Gateway isn't documented to send when it assumes a role. IAM allows no principal to pass a
      // role to a service for another account.
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      inlinePolicies: {
        Logs: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: [
                'logs:CreateLogGroup',
                'logs:CreateLogStream',
                'logs:DescribeLogGroups',
                'logs:DescribeLogStreams',
                'logs:FilterLogEvents',
                'logs:GetLogEvents',
                'logs:PutLogEvents',
              ],
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'API Gateway refuses an account role that lacks any of these actions on any log group: the setting serves every ' +
        'API of the account and Region, including those of other stacks',
    });
    const account = new apigateway.CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    // After the stack is deleted, or its first deployment refused, other APIs of the account may still log with this role.
    for (const resource of [role, account]) resource.applyRemovalPolicy(ALWAYS_RETAINED);
    this.role = role;
  }
}
