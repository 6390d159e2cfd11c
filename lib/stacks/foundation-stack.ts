import { Vpc, type VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { CfnOutput, type Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { Alerts } from '../constructs/alerts/alerts';
import type { RetentionManagement } from '../constructs/checks/bedrock-retention';
import type { InferenceModel } from '../constructs/checks/inference-model';
import type { InvocationLogging } from '../constructs/checks/invocation-logging';
import { Foundation } from '../constructs/foundation/foundation';
import type { DataEvents } from '../constructs/foundation/recorded-stores';
import { ApiGatewayAccount } from '../constructs/gateway/api-gateway-account';
import type { GuardrailReference } from '../constructs/guardrails/inference-guardrail';
import type { EndpointService } from '../constructs/network/endpoint-service';
import { possibleZones } from '../constructs/network/zones';

/** The role with which API Gateway writes access logs: one setting for all APIs of an account and Region. */
export enum ApiGatewayLogRole {
  /** A new role that the stack creates. It replaces the previous role, also for APIs outside this app. */
  OWN = 'own',

  /** The account's existing role. Without one, no stage with an access log can be deployed. */
  EXISTING = 'existing',
}

/** Construction properties for a FoundationStack. */
export interface FoundationStackProps extends StackProps {
  /** The places where data may be stored and processed. */
  readonly boundary: ResidencyBoundary;

  /** Every model that a gateway of the deployment offers. */
  readonly models: InferenceModel[];

  /**
   * Every guardrail that a gateway of the deployment applies.
   *
   * @default - none
   */
  readonly guardrails?: GuardrailReference[];

  /**
   * The name of the function through which gateways reach models outside AWS.
   *
   * @default - none: no gateway reaches a model outside AWS
   */
  readonly egressFunctionName?: string;

  /**
   * Whether models may be called only at companies whose owner is under the law of an EU member state, which excludes Bedrock's.
   *
   * @default false
   */
  readonly euOwnedOnly?: boolean;

  /** The recipients of alarms, or why there are none. */
  readonly alerts: Alerts;

  /**
   * The IPv4 range of the VPC, from /16 to /26. If you change it, a new VPC replaces the deployed one. For an existing VPC: the
   * range that contains its isolated subnets.
   *
   * @default 10.0.0.0/16
   */
  readonly addressRange?: string;

  /**
   * An existing VPC in the stack's Region, with its isolated subnets and their route tables. Its owner is responsible for its
   * egress.
   *
   * @default - a new VPC with isolated subnets in two zones, without a NAT or internet gateway
   */
  readonly existingVpc?: VpcAttributes;

  /**
   * The endpoints that the existing VPC already has, with private DNS. Their owner is responsible for their policies and for
   * admitting the clients' security group.
   *
   * @default - none: every endpoint in use is created
   */
  readonly existingEndpoints?: EndpointService[];

  /**
   * The zones of a new VPC: two or three of the stack's Region. Each account has its own letters for them. Changing the
   * zones of a deployed VPC fails unless its range changes too, because a range belongs to one subnet.
   *
   * @default - zones a and b, in which interface endpoints may not be available
   */
  readonly availabilityZones?: string[];

  /**
   * The role with which API Gateway writes access logs.
   *
   * @default ApiGatewayLogRole.OWN
   */
  readonly apiGatewayLogRole?: ApiGatewayLogRole;

  /**
   * The party that ensures that Bedrock retains nothing. The retention mode is one setting for all calls of the account in a
   * Region.
   *
   * @default RetentionManagement.MANAGE
   */
  readonly bedrockRetention?: RetentionManagement;

  /**
   * Targets to which model invocation logging may write, in the Region of the stack. With it, no projects can be served. The
   * stack checks the logging, but never switches it on or off.
   *
   * @default - nowhere
   */
  readonly invocationLogging?: InvocationLogging;

  /**
   * Period for which the ledger of requests is protected against deletion; it is deleted afterwards.
   *
   * @default - 400 days
   */
  readonly ledgerRetention?: Duration;

  /**
   * Maximum requests per five minutes from one address; the web ACL blocks more.
   *
   * @default 10000
   */
  readonly requestsPerFiveMinutes?: number;

  /**
   * Maximum requests per five minutes without a bearer token or API key, from all addresses together; the web ACL blocks
   * more, and lets requests with one pass. If a workspace has `corsOrigins`, preflight requests of browsers are counted
   * apart, up to the same number. It should be well below what API Gateway accepts from all callers.
   *
   * @default 3000, a fifth of what API Gateway accepts by default
   */
  readonly requestsWithoutKeyPerFiveMinutes?: number;

  /**
   * The stores whose uses the trail records.
   *
   * @default DataEvents.DEPLOYMENT
   */
  readonly dataEvents?: DataEvents;

  /**
   * The ARN of a trail of the organisation that records this account. The foundation then makes none.
   *
   * @default - the foundation makes a trail
   */
  readonly organizationTrailArn?: string;

  /**
   * What the names of the deployment's stacks begin with.
   *
   * @default - each stack of the app that has a table or a bucket is selected by its own name
   */
  readonly storeNamePrefix?: string;
}

/** The resources that all workspaces and projects share; one per deployment. */
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
      description: 'The recipients of alarms, or the reason for none',
      value: this.foundation.alertSummary,
    });
    new CfnOutput(this, 'Dashboard', {
      description: 'The name of the CloudWatch dashboard of all gateways',
      value: this.foundation.dashboardName,
    });
    new CfnOutput(this, 'DestinationDrift', {
      description: 'Where profiles lead otherwise than the facts say, all of it inside',
      value: this.foundation.destinationDrift,
    });
    const { _providerState: state } = this.foundation;
    if (state === undefined) return;
    new CfnOutput(this, 'ProviderStateTable', {
      description: 'The table of the providers that are out of use',
      value: state.table.tableName,
    });
    new CfnOutput(this, 'ProvidersRole', {
      description: "The role that 'eu-residency providers' takes on, if you may",
      value: state.operatorRole.roleArn,
    });
  }

  /** Explicit, because a VPC always asks its stack for zones, and CDK would look them up with the caller's credentials. */
  public override get availabilityZones(): string[] {
    return possibleZones(this.region);
  }
}
