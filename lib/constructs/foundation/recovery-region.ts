import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { PRIMARY_RANGE } from '../../boundary/network-range';
import { newLogKey } from '../keys/log-key';
import { Endpoints } from '../network/endpoints';
import { Network } from '../network/network';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { AccessLogBucket } from './access-log-bucket';
import type { Foundation } from './foundation';
import { forwardOutsideCalls } from './outside-call-events';

/** Construction properties for a RecoveryRegion. */
export interface RecoveryRegionProps {
  /** The boundary in which replicas may be stored. */
  readonly boundary: ResidencyBoundary;

  /** The foundation whose workspaces are replicated to the Region of this construct's stack. */
  readonly foundation: Foundation;

  /**
   * The zones of the VPC: two or three of the stack's Region. Each account has its own letters for them. Changing the
   * zones of a deployed VPC fails unless its range changes too, because a range belongs to one subnet.
   *
   * @default - zones a and b, in which interface endpoints may not be available
   */
  readonly availabilityZones?: string[];

  /**
   * Retention of the network's log; it holds IP addresses. Must be finite.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * The resources that the replicas of a deployment share in a second Region: a bucket of access logs, and an isolated
 * network in which drills read replicas. No other network is joined to it, not even the foundation's.
 *
 * It has hourly costs: one interface endpoint, for KMS, in two zones.
 */
export class RecoveryRegion extends Construct {
  /** The Region of the stack. */
  public readonly region: string;

  /** The VPC of drills. */
  public readonly vpc: ec2.IVpc;

  /** The security group of functions in the VPC. */
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  /** The key of log groups of this account and Region. */
  public readonly logKey: kms.IKey;

  /** The bucket for the access logs of replicas. */
  public readonly accessLogBucket: s3.IBucket;

  /** The foundation whose workspaces are replicated to this Region. */
  public readonly foundation: Foundation;

  /** @throws if the Region is outside the boundary or the foundation's own, the account differs, or the log has no end */
  constructor(scope: Construct, id: string, props: RecoveryRegionProps) {
    super(scope, id);
    const { boundary, foundation } = props;
    this.foundation = foundation;
    this.region = requireInside(this, boundary, 'it stores replicas of personal data');
    this.requireOtherRegion(foundation);
    foundation._recordItemsIn(this.region);
    forwardOutsideCalls(this, boundary, foundation);

    this.logKey = newLogKey(this, boundary);
    const network = new Network(this, 'Network', {
      addressRange: PRIMARY_RANGE,
      availabilityZones: props.availabilityZones,
      joins: new Set(),
      logKey: this.logKey,
      logRetention: requireFinite(this, props.logRetention ?? logs.RetentionDays.SIX_MONTHS, 'logs hold addresses'),
    });
    this.vpc = network.vpc;
    this.clientSecurityGroup = network.clientSecurityGroup;
    new Endpoints(this, 'Endpoints', { vpc: this.vpc, clients: this.clientSecurityGroup });
    this.accessLogBucket = new AccessLogBucket(this, 'AccessLogs').bucket;
    Validations.of(this.accessLogBucket).acknowledge({
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'it stores the access logs of other buckets, and its own log would be written into itself',
    });
  }

  private requireOtherRegion(foundation: Foundation): void {
    const theirs = Stack.of(foundation);
    if (theirs.region !== this.region && theirs.account === Stack.of(this).account) return;
    throw new Error(
      `${this.node.path}: the stack must be in another Region than ${theirs.stackName}, '${theirs.region}', and in its account, because a replica ` +
        `in the same Region is lost with it, got a stack in '${this.region}' of '${Stack.of(this).account}'; set its 'env' to that ` +
        'account and another Region',
    );
  }
}
