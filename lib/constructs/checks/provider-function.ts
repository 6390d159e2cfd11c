import { createHash } from 'node:crypto';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type CfnResource, CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { SettingsPolicy } from '../../contract/policies/settings-policy';
import type { Statement } from '../../perimeter/statement';
import { OutsideFunction, type OutsideFunctionProps } from '../functions/outside-function';

/** Construction properties for a ProviderFunction. */
export interface ProviderFunctionProps
  extends Pick<OutsideFunctionProps, 'description' | 'environment' | 'logKey' | 'logRetention'> {
  readonly policy: SettingsPolicy;
  /** What its role may do besides writing its log. */
  readonly statements: readonly Statement[];
}

/** Long enough for four attempts of each call, and for handing the answer over. */
const TIMEOUT = Duration.minutes(10);

/**
 * A function that reads or sets what Bedrock keeps, outside the VPC: the endpoints of other Regions, and most of the control
 * plane, can't be reached from a network without a way out. So its role has no right to content.
 */
export class ProviderFunction extends OutsideFunction {
  private readonly policy: SettingsPolicy;

  constructor(scope: Construct, id: string, { statements, ...props }: ProviderFunctionProps) {
    const Bedrock = new iam.PolicyDocument({
      statements: statements.map((statement) => iam.PolicyStatement.fromJson(statement)),
    });
    super(scope, id, { ...props, bundle: 'settings', inlinePolicies: { Bedrock }, memorySize: 512, timeout: TIMEOUT });
    this.policy = props.policy;
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        "a setting of Bedrock for the whole account is no resource that a policy could name; the statement's condition names " +
        'the Regions instead',
    });
  }

  /**
   * Has CloudFormation run the function at each deployment that changes what it is for, and wait for it. What has changed is
   * another resource, made beside the old one: an update that is refused is rolled back by deleting it, which asks nothing. To run the
   * old one again would be refused for the same reason, and leave the stack stuck.
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
