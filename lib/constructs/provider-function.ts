import { createHash } from 'node:crypto';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type CfnResource, CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Statement } from '../perimeter/statement';
import { withHandlerAsset } from './handler-asset';
import { HANDLER_RUNTIME } from './handler-runtime';
import type { ProviderPolicyFile } from './provider-policy';

/** Construction properties for a ProviderFunction. */
export interface ProviderFunctionProps {
  readonly policy: ProviderPolicyFile;
  /** What the function does, for whoever sees it in the console. */
  readonly description: string;
  readonly statements: readonly Statement[];
  readonly environment: Record<string, string>;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/** Long enough for four attempts of each call, and for handing the answer over. */
const TIMEOUT = Duration.minutes(10);

/**
 * A function that reads or sets what Bedrock keeps, outside the VPC: the endpoints of other Regions, and most of the control
 * plane, can't be reached from a network without a way out. So its role has no right to content.
 */
export class ProviderFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly role: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProviderFunctionProps,
  ) {
    super(scope, id);
    const { policy, description } = props;
    this.role = new iam.Role(this, 'Role', {
      description,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Bedrock: new iam.PolicyDocument({
          statements: props.statements.map((statement) => iam.PolicyStatement.fromJson(statement)),
        }),
      },
    });
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        "a setting of Bedrock for the whole account is no resource that a policy could name; the statement's condition names " +
        'the Regions instead',
    });
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.logKey,
      retention: props.logRetention,
    });
    logGroup.grantWrite(this.role);
    this.handler = withHandlerAsset(
      this,
      'provider',
      policy,
      (directory) =>
        new lambda.Function(this, 'Function', {
          description,
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory),
          role: this.role,
          logGroup,
          environment: props.environment,
          memorySize: 512,
          timeout: TIMEOUT,
        }),
    );
  }

  /**
   * Has CloudFormation run the function at each deployment that changes what it is for, and wait for it. What has changed is
   * another resource, made beside the old one: an update that is refused is rolled back by deleting it, which asks nothing. To run the
   * old one again would be refused for the same reason, and leave the stack stuck.
   */
  public runAtDeployment(scope: Construct, id: string, resourceType: string): CustomResource {
    const policy = createHash('sha256').update(JSON.stringify(this.props.policy)).digest('hex');
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
