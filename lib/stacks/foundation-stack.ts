import { Vpc, type VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { Alerts } from '../constructs/alerts/alerts';
import type { RetentionManagement } from '../constructs/checks/bedrock-retention';
import type { InferenceModel } from '../constructs/checks/inference-model';
import type { InvocationLogging } from '../constructs/checks/invocation-logging';
import { Foundation } from '../constructs/foundation/foundation';
import { ApiGatewayAccount } from '../constructs/gateway/api-gateway-account';

/** By which role API Gateway writes access logs: one setting for all APIs of an account and Region. */
export enum ApiGatewayLogRole {
  /** One that the stack makes. It replaces the role that was set before, also for APIs of others. */
  OWN = 'own',

  /** The one that the account has already. Without any, no stage with an access log can be deployed. */
  EXISTING = 'existing',
}

/** Construction properties for a FoundationStack. */
export interface FoundationStackProps extends StackProps {
  /** Where everything may be. */
  readonly boundary: ResidencyBoundary;

  /** Every model that a gateway of the deployment offers. */
  readonly models: InferenceModel[];

  /** Who is told when something is wrong, or why nobody is. */
  readonly alerts: Alerts;

  /**
   * The IPv4 range of the VPC, from /16 to /26. Another range is another VPC. Of an existing one: the range that its isolated
   * subnets are in.
   *
   * @default 10.0.0.0/16
   */
  readonly addressRange?: string;

  /**
   * A VPC that is there already, in the stack's Region, by its isolated subnets and their route tables. What leads out of it is
   * its owner's responsibility.
   *
   * @default - a new VPC with isolated subnets in two zones, without a NAT or internet gateway
   */
  readonly existingVpc?: VpcAttributes;

  /**
   * By which role API Gateway writes access logs.
   *
   * @default ApiGatewayLogRole.OWN
   */
  readonly apiGatewayLogRole?: ApiGatewayLogRole;

  /**
   * Who sees to it that Bedrock keeps nothing. The retention mode is one setting for the whole account in a Region, for
   * everybody's calls there.
   *
   * @default RetentionManagement.MANAGE
   */
  readonly bedrockRetention?: RetentionManagement;

  /**
   * Where model invocation logging may write, in the Region of the stack. No projects may be served then. It is never
   * switched on or off here, only checked.
   *
   * @default - nowhere
   */
  readonly invocationLogging?: InvocationLogging;
}

/** What all workspaces and projects of a deployment share; one a deployment. */
export class FoundationStack extends Stack {
  /** The network, web ACL, keys, buckets and trail. */
  public readonly foundation: Foundation;

  constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id, props);
    this.foundation = new Foundation(this, 'Foundation', {
      ...props,
      vpc: props.existingVpc && Vpc.fromVpcAttributes(this, 'Vpc', props.existingVpc),
    });
    if ((props.apiGatewayLogRole ?? ApiGatewayLogRole.OWN) === ApiGatewayLogRole.OWN) {
      new ApiGatewayAccount(this, 'ApiGatewayAccount');
    }
    new CfnOutput(this, 'UnusableRegions', {
      description: 'Regions from which no project can be served, why, and what to do',
      value: this.foundation.unusableRegions,
    });
    new CfnOutput(this, 'Alerts', {
      description: 'Who is told of alarms, or why nobody is',
      value: this.foundation.alertSummary,
    });
    new CfnOutput(this, 'DestinationDrift', {
      description: 'Where profiles lead otherwise than the facts say, all of it inside',
      value: this.foundation.destinationDrift,
    });
  }

  /** Written out, because a VPC asks its stack even when it is told: CDK would look them up with somebody's credentials. */
  public override get availabilityZones(): string[] {
    return ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`);
  }
}
