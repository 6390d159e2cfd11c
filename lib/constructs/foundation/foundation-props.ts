import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Alerts } from '../alerts/alerts';
import type { RetentionManagement } from '../checks/bedrock-retention';
import type { InferenceModel } from '../checks/inference-model';
import type { InvocationLogging } from '../checks/invocation-logging';
import type { GuardrailReference } from '../guardrails/inference-guardrail';
import type { EndpointService } from '../network/endpoint-service';
import type { DataEvents } from './recorded-stores';

/** Construction properties for a Foundation. */
export interface FoundationProps {
  /** The boundary of everything that the deployment stores and processes. */
  readonly boundary: ResidencyBoundary;

  /** Every model that a gateway of the deployment offers; the Bedrock endpoint denies all others. */
  readonly models: InferenceModel[];

  /**
   * Every guardrail that a gateway of the deployment applies; the Bedrock endpoint denies all others.
   *
   * @default - none
   */
  readonly guardrails?: GuardrailReference[];

  /**
   * Whether models may be called only at companies whose owner is under the law of an EU member state, which excludes Bedrock's. Servers
   * in the network may still be called.
   *
   * @default false
   */
  readonly euOwnedOnly?: boolean;

  /** The recipients of alarms, or the reason why there are none. */
  readonly alerts: Alerts;

  /**
   * The VPC for endpoints and gateways, in the stack's Region. Its isolated subnets are used. Egress that the app adds
   * to it is refused at synthesis. Its owner is responsible for resources created elsewhere.
   *
   * @default - a new VPC with isolated subnets in two zones, without a NAT or internet gateway
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Private address ranges of other networks that are joined to `vpc` outside this app and may contain model servers.
   * Their owner is responsible for their location inside the boundary. Only with `vpc`.
   *
   * @default - none: model servers are in the VPC itself
   */
  readonly peeredRanges?: string[];

  /**
   * The endpoints that `vpc` already has, with private DNS: a VPC can have only one of each. Their owner is responsible
   * for their policies, and for admitting `clientSecurityGroup`. Only with `vpc`.
   *
   * @default - none: every endpoint in use is created, under a policy derived from the boundary
   */
  readonly existingEndpoints?: EndpointService[];

  /**
   * The name of the function through which gateways reach models outside AWS, in the Region and account of the stack. The VPC then has
   * an endpoint of Lambda, which is billed by the hour, and whose policy names this function only. With `storeNamePrefix`, only roles
   * whose names begin so can call it.
   *
   * @default - none: no gateway reaches a model outside AWS
   */
  readonly egressFunctionName?: string;

  /**
   * The zones of a new VPC: two or three of the stack's Region. Each account has its own letters for them. Changing the
   * zones of a deployed VPC fails unless its range changes too, because a range belongs to one subnet.
   *
   * @default - zones a and b, in which interface endpoints may not be available
   */
  readonly availabilityZones?: string[];

  /**
   * The IPv4 range of the VPC, from /16 to /26. For an existing VPC, the range that contains its isolated subnets,
   * which a RegionalEndpoint must know. Changing the range replaces a VPC that this construct creates.
   *
   * @default - 10.0.0.0/16; for an existing VPC, the range with which it was defined or imported
   */
  readonly addressRange?: string;

  /**
   * Period for which evidence is protected against deletion, at least 184 days; it is deleted afterwards. In governance
   * mode the bucket's policy denies every principal to shorten it, but a principal that can change that policy can lift
   * the denial. In compliance mode not even root can shorten it.
   *
   * @default - one year, in governance mode
   */
  readonly evidenceRetention?: s3.ObjectLockRetention;

  /**
   * Period for which the ledger of requests is protected against deletion, in the mode of `evidenceRetention` and not
   * shorter than it; it is deleted afterwards.
   *
   * @default - 400 days, or `evidenceRetention` if that is longer
   */
  readonly ledgerRetention?: Duration;

  /**
   * Retention of the logs of the network and the web ACL; they hold IP addresses. Must be finite.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Maximum requests per five minutes from one address; the web ACL blocks more. A campus or an office can share one
   * address.
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
   * The party that makes Bedrock retain nothing. The retention mode is one setting for the whole account in a Region,
   * and applies to every call there.
   *
   * @default RetentionManagement.MANAGE
   */
  readonly bedrockRetention?: RetentionManagement;

  /**
   * The destination to which model invocation logging may write, in the Region of the stack. With it, gateways can't
   * serve projects. The deployment checks logging, but never switches it on or off.
   *
   * @default - none: the check refuses invocation logging
   */
  readonly invocationLogging?: InvocationLogging;

  /**
   * The stores whose uses the trail records. CloudTrail bills each recorded event, at $0.10 per 100,000
   * (aws.amazon.com/cloudtrail/pricing).
   *
   * @default DataEvents.DEPLOYMENT
   */
  readonly dataEvents?: DataEvents;

  /**
   * The ARN of a trail of the organisation that records this account. The foundation then makes none, and can set or check
   * nothing of that trail.
   *
   * @default - the foundation makes a trail
   */
  readonly organizationTrailArn?: string;

  /**
   * What the names of the deployment's stacks begin with, such as `exemple-`. The trail then selects all stores whose
   * names begin so, which leaves room for any number of stacks.
   *
   * @default - each stack of the app that has a table or a bucket is selected by its own name
   */
  readonly storeNamePrefix?: string;
}
