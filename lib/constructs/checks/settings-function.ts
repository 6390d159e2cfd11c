import { createHash } from 'node:crypto';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type CfnResource, CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { SettingsPolicy } from '../../contract/policies/settings-policy';
import type { Statement } from '../../perimeter/statement';
import { OutsideFunction, type OutsideFunctionProps } from '../functions/outside-function';

/** Construction properties for a SettingsFunction. */
export interface SettingsFunctionProps
  extends Pick<OutsideFunctionProps, 'description' | 'environment' | 'logKey' | 'logRetention'> {
  readonly policy: SettingsPolicy;
  /** The permissions of its role, in addition to writing its log. */
  readonly statements: readonly Statement[];
}

/** Long enough for four attempts of each call, and for the response to CloudFormation. */
const TIMEOUT = Duration.minutes(10);

/**
 * A function that reads or sets Bedrock's settings, outside the VPC: the isolated VPC can't reach other Regions or most
 * of the control plane. So its role has no permission on content.
 */
export class SettingsFunction extends OutsideFunction {
  private readonly policy: SettingsPolicy;

  constructor(scope: Construct, id: string, { statements, ...props }: SettingsFunctionProps) {
    const Bedrock = new iam.PolicyDocument({
      statements: statements.map((statement) => iam.PolicyStatement.fromJson(statement)),
    });
    super(scope, id, { ...props, bundle: 'settings', inlinePolicies: { Bedrock }, memorySize: 512, timeout: TIMEOUT });
    this.policy = props.policy;
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        "an account-wide setting of Bedrock isn't a resource that a policy can name; the statement's condition names the Regions " +
        'instead',
    });
  }

  /**
   * Makes CloudFormation run the function, and wait for it, at each deployment that changes the function's policy. Each
   * policy gets a new resource. If CloudFormation refuses the update, it rolls back by deleting the new resource, which
   * calls nothing. Running the old policy again would be refused for the same reason and leave the stack stuck.
   */
  public runAtDeployment(scope: Construct, id: string, resourceType: string): CustomResource {
    const policy = createHash('sha256').update(JSON.stringify(this.policy)).digest('hex');
    const resource = new CustomResource(scope, id, {
      resourceType,
      serviceToken: this.handler.functionArn,
      serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
      properties: { Policy: policy },
    });
    const element = resource.node.defaultChild as CfnResource;
    element.overrideLogicalId(`${Stack.of(this).getLogicalId(element)}${policy.slice(0, 8).toUpperCase()}`);
    return resource;
  }
}
