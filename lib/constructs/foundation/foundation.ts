import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import { isNetworkRange, PRIMARY_RANGE, RANGE_ALLOWED } from '../../boundary/network-range';
import { AlertChannel } from '../alerts/alert-channel';
import type { Alerts } from '../alerts/alerts';
import { tellOfKeyEnding } from '../alerts/key-ending';
import { BedrockRetention, RetentionManagement } from '../checks/bedrock-retention';
import { CheckAlarms } from '../checks/check-alarms';
import { DestinationCheck } from '../checks/destination-check';
import { bedrockOf, decideModels, type InferenceModel } from '../checks/inference-model';
import type { InvocationLogging } from '../checks/invocation-logging';
import { ResidencyKey } from '../keys/residency-key';
import { Endpoints } from '../network/endpoints';
import { JoinedRegions, rangeOf } from '../network/joined-regions';
import { Network } from '../network/network';
import { peeredRanges } from '../network/peered-ranges';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { AccessLogBucket } from './access-log-bucket';
import { CertificateWriters } from './certificate-writers';
import { EvidenceBucket } from './evidence-bucket';
import { Trail } from './trail';
import { WebAcl } from './web-acl';

/** Construction properties for a Foundation. */
export interface FoundationProps {
  /** Where everything may be. */
  readonly boundary: ResidencyBoundary;

  /** Every model that a gateway of the deployment offers; the Bedrock endpoint lets nothing else through. */
  readonly models: InferenceModel[];

  /** Who is told when something is wrong, or why nobody is. */
  readonly alerts: Alerts;

  /**
   * The VPC to put endpoints and gateways in, in the stack's Region. Its isolated subnets are used. What the app itself
   * adds to lead out of it is refused; what was made elsewhere is its owner's responsibility.
   *
   * @default - a new VPC with isolated subnets in two zones, without a NAT or internet gateway
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Ranges of private addresses of other networks that `vpc` was joined to elsewhere, in which servers of models may be. That
   * these networks are inside the boundary is their owner's responsibility. Only with `vpc`.
   *
   * @default - none: servers of models are in the VPC itself
   */
  readonly peeredRanges?: string[];

  /**
   * The IPv4 range of the VPC, from /16 to /26. Of a given VPC: the one that its isolated subnets are in, which a
   * RegionalEndpoint needs to know. Another range is another VPC.
   *
   * @default - 10.0.0.0/16; for a given VPC the range that it was defined or imported with
   */
  readonly addressRange?: string;

  /**
   * How long nobody may delete evidence, at least 184 days, and after which it is deleted. In governance mode the bucket's
   * policy denies shortening it to everybody, but who may change that policy can lift it; in compliance mode not even root
   * can shorten it.
   *
   * @default - one year, in governance mode
   */
  readonly evidenceRetention?: s3.ObjectLockRetention;

  /**
   * How long the logs of the network and the web ACL are kept; they hold addresses. Must have an end.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Requests in five minutes from one address, above which the web ACL refuses more. A campus or an office can be one
   * address.
   *
   * @default 10000
   */
  readonly requestsPerFiveMinutes?: number;

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

/**
 * What the workspaces and projects of a deployment share: a network whose only ways out are endpoints under policies
 * derived from the boundary, a web ACL, keys and buckets for logs and evidence, a trail of who used what, and the settings of
 * Bedrock by which it keeps nothing. Destinations in another Region are reached through a RegionalEndpoint there.
 *
 * It costs by the hour, unlike what each tenant has for itself: three interface endpoints in two zones, and the web ACL.
 */
export class Foundation extends Construct {
  /** Where the gateways' requests may be processed by Bedrock, each decided to be inside. */
  public readonly destinations: Destination[];

  /** The VPC, whose isolated subnets gateways run in. */
  public readonly vpc: ec2.IVpc;

  /** Ranges of addresses of networks that the VPC is joined to, in which servers of models may be. */
  public readonly peeredRanges: string[];

  /** The security group of functions that call the endpoints. */
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  /** The security group of the interface endpoints. */
  public readonly endpointSecurityGroup: ec2.ISecurityGroup;

  /** The ARN of the regional web ACL. */
  public readonly webAclArn: string;

  /** The key of log groups of this account and Region. */
  public readonly logKey: kms.IKey;

  /** The bucket for the access logs of other buckets. */
  public readonly accessLogBucket: s3.IBucket;

  /** The bucket of the trail and of evidence. */
  public readonly evidenceBucket: s3.IBucket;

  /** The ARN of the trail. */
  public readonly trailArn: string;

  /** What to depend on before calling Bedrock: nothing is kept then, and Bedrock was asked where requests are processed. */
  public readonly bedrockReady: IDependable;

  /**
   * Regions that the account hasn't enabled, so that no project is served by what may reach them, and what to do; `none`
   * when there are none. A value of the deployment.
   */
  public readonly unusableRegions: string;

  /** Where profiles lead otherwise than the facts say, all of it inside; `none` when nowhere. A value of the deployment. */
  public readonly destinationDrift: string;

  /** Where alarms go, for alarms of your own too. It has no subscription where nobody is told. */
  public readonly alertTopic: sns.ITopic;

  /** Who is told of alarms, or why nobody is. A value of the deployment. */
  public readonly alertSummary: string;

  /** @internal */
  public readonly _logsInvocations: boolean;

  /** @internal */
  public readonly _channel: AlertChannel;

  /** @internal */
  public readonly _addressRange?: string;

  /** @internal */
  public readonly _joined = new JoinedRegions();

  /** @internal */
  public readonly _bedrockRetention?: BedrockRetention;

  /** @internal */
  public readonly _destinationCheck?: DestinationCheck;

  /** @internal */
  public readonly _certificates: CertificateWriters;

  private readonly evidenceKey: ResidencyKey;
  private readonly recordedRegions = new Set<string>();

  constructor(scope: Construct, id: string, props: FoundationProps) {
    super(scope, id);
    const { boundary } = props;
    requireInside(this, boundary, 'personal data passes through it');
    this.destinations = bedrockOf(decideModels(this, boundary, props.models));
    this.peeredRanges = peeredRanges(this, props);
    const logRetention = requireFinite(
      this,
      props.logRetention ?? logs.RetentionDays.SIX_MONTHS,
      'logs hold addresses',
    );

    const logKey = new ResidencyKey(this, 'LogKey', { boundary, description: `Logs of ${this.node.path}` });
    logKey.allowLogGroups();
    this.logKey = logKey.key;

    const addressRange = props.addressRange ?? PRIMARY_RANGE;
    if (!isNetworkRange(addressRange)) {
      throw new Error(`${this.node.path}: 'addressRange' must be ${RANGE_ALLOWED}, got '${addressRange}'`);
    }
    const network = new Network(this, 'Network', {
      vpc: props.vpc,
      addressRange,
      joins: this._joined.joins,
      logKey: this.logKey,
      logRetention,
    });
    this.vpc = network.vpc;
    this._addressRange = props.addressRange ?? (props.vpc ? rangeOf(props.vpc) : addressRange);
    this.clientSecurityGroup = network.clientSecurityGroup;
    this.endpointSecurityGroup = new Endpoints(this, 'Endpoints', {
      vpc: this.vpc,
      clients: this.clientSecurityGroup,
      destinations: this.destinations,
    }).securityGroup;

    this.webAclArn = new WebAcl(this, 'WebAcl', {
      logKey: this.logKey,
      logRetention,
      requestsPerFiveMinutes: props.requestsPerFiveMinutes ?? 10_000,
    }).webAclArn;

    this.accessLogBucket = new AccessLogBucket(this, 'AccessLogs').bucket;
    this.evidenceKey = new ResidencyKey(this, 'EvidenceKey', {
      boundary,
      description: `Evidence of ${this.node.path}`,
    });
    this.evidenceBucket = new EvidenceBucket(this, 'Evidence', {
      encryptionKey: this.evidenceKey.key,
      accessLogBucket: this.accessLogBucket,
      retention: props.evidenceRetention ?? s3.ObjectLockRetention.governance(Duration.days(365)),
    }).bucket;
    this._certificates = new CertificateWriters(this.evidenceBucket, this.evidenceKey);
    this.trailArn = new Trail(this, 'Trail', {
      bucket: this.evidenceBucket,
      encryptionKey: this.evidenceKey,
      accessLogBucket: this.accessLogBucket,
      regions: this.recordedRegions,
    }).trailArn;

    this._logsInvocations = props.invocationLogging !== undefined;
    this._channel = new AlertChannel(this, 'Alerts', { boundary, alerts: props.alerts });
    this.alertTopic = this._channel.topic;
    this.alertSummary = this._channel.summary;
    const alertKey = this._channel.key?.key;
    const watch = new Construct(this, 'KeyWatch');
    tellOfKeyEnding(watch, this._channel, [this.logKey, this.evidenceKey.key, ...(alertKey ? [alertKey] : [])]);

    if (this.destinations.length > 0) {
      const bedrock = {
        boundary,
        destinations: this.destinations,
        management: props.bedrockRetention ?? RetentionManagement.MANAGE,
        invocationLogging: props.invocationLogging,
        logKey: this.logKey,
        logRetention,
      };
      this._bedrockRetention = new BedrockRetention(this, 'BedrockRetention', {
        ...bedrock,
        evidenceBucket: this.evidenceBucket,
        evidenceKey: this.evidenceKey.forBucket(),
      });
      this._destinationCheck = new DestinationCheck(this, 'DestinationCheck', {
        ...bedrock,
        after: this._bedrockRetention,
      });
      new CheckAlarms(this, 'CheckAlarms', {
        check: this._destinationCheck.handler,
        after: this._destinationCheck,
        channel: this._channel,
      });
    }
    this.bedrockReady = this._destinationCheck ?? this;
    const own = Stack.of(this).region;
    const elsewhere = new Set(this.destinations.map(({ sourceRegion }) => sourceRegion).filter((code) => code !== own));
    // Their endpoints are in stacks that come after this one, so only a whole app shows what is missing.
    this.node.addValidation({ validate: () => this._joined.missing(this.node.path, [...elsewhere].sort()) });
    this.unusableRegions = this._bedrockRetention?.unusable ?? 'none';
    this.destinationDrift = this._destinationCheck?.drift ?? 'none';
  }

  /** Grants reading evidence, and using its key through S3 to do so. Nobody has this by default. */
  public grantReadEvidence(grantee: iam.IGrantable): iam.Grant {
    return this.evidenceBucket.grantRead(grantee);
  }

  /**
   * Has the trail record who used which table item of a Region where copies are kept.
   *
   * @internal
   */
  public _recordItemsIn(region: string): void {
    this.recordedRegions.add(region);
  }
}
