import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { PRIMARY_RANGE } from '../../boundary/network-range';
import { ResidencyKey } from '../keys/residency-key';
import { Endpoints } from '../network/endpoints';
import { Network } from '../network/network';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { AccessLogBucket } from './access-log-bucket';
import type { Foundation } from './foundation';

/** Construction properties for a RecoveryRegion. */
export interface RecoveryRegionProps {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /** Whose workspaces are kept a second time in the Region of this construct's stack. */
  readonly foundation: Foundation;

  /**
   * How long the network's log is kept; it holds addresses. Must have an end.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * What the replicas of a deployment share in a second Region: a bucket of access logs, and a network without a way out, in which
 * drills read what is kept there. Nothing is joined to it, not even the network of the foundation.
 *
 * It costs by the hour: one interface endpoint, of KMS, in two zones.
 */
export class RecoveryRegion extends Construct {
  /** The Region: the one of the stack. */
  public readonly region: string;

  /** The VPC of drills. */
  public readonly vpc: ec2.IVpc;

  /** The security group of what runs in it. */
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  /** The key of log groups of this account and Region. */
  public readonly logKey: kms.IKey;

  /** The bucket for the access logs of replicas. */
  public readonly accessLogBucket: s3.IBucket;

  /** Whose workspaces are kept here too. */
  public readonly foundation: Foundation;

  constructor(scope: Construct, id: string, props: RecoveryRegionProps) {
    super(scope, id);
    const { boundary, foundation } = props;
    this.foundation = foundation;
    this.region = requireInside(this, boundary, 'it keeps copies of personal data');
    this.requireBeside(foundation);
    foundation._recordItemsIn(this.region);

    const logKey = new ResidencyKey(this, 'LogKey', { boundary, description: `Logs of ${this.node.path}` });
    logKey.allowLogGroups();
    this.logKey = logKey.key;
    const network = new Network(this, 'Network', {
      addressRange: PRIMARY_RANGE,
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
      reason: 'the access logs of other buckets are kept in it, and a log of its own would be written into itself',
    });
  }

  private requireBeside(foundation: Foundation): void {
    const theirs = Stack.of(foundation);
    if (theirs.region !== this.region && theirs.account === Stack.of(this).account) return;
    throw new Error(
      `${this.node.path}: the stack must be in another Region than ${theirs.stackName}, '${theirs.region}', and in its account, got one in ` +
        `'${this.region}' of '${Stack.of(this).account}'; set its 'env' to that account and another Region`,
    );
  }
}
