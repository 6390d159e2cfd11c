import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * The role that CloudFormation's hooks assume, on behalf of one hook of this account only, to invoke its handler and
 * nothing else.
 *
 * @param alias the hook's name, such as `Private::Residency::Guard`
 */
export function hookExecutionRole(scope: Construct, id: string, handler: lambda.IFunction, alias: string): iam.Role {
  const stack = Stack.of(scope);
  const type = stack.formatArn({
    service: 'cloudformation',
    resource: 'type',
    resourceName: `hook/${alias.replaceAll('::', '-')}`,
  });
  return new iam.Role(scope, id, {
    description: `Invokes the handler of ${alias}`,
    assumedBy: new iam.ServicePrincipal('hooks.cloudformation.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        // The name may be followed by a version of the hook.
        ArnLike: { 'aws:SourceArn': [type, `${type}/*`] },
      },
    }),
    inlinePolicies: {
      Handler: new iam.PolicyDocument({
        statements: [
          // Not `grantInvoke`, which also allows every version and alias.
          new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }),
        ],
      }),
    },
  });
}
