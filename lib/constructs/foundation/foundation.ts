import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import type { Guardrail } from '../../boundary/guardrail';
import { isNetworkRange, PRIMARY_RANGE, RANGE_ALLOWED } from '../../boundary/network-range';
import { isOutsideAws } from '../../boundary/provider-of';
import { REQUESTS_WITHOUT_KEY } from '../../contract/api-limits';
import { admissionsIn } from '../../facts/admissions';
import { AlertChannel } from '../alerts/alert-channel';
import type { Alerts } from '../alerts/alerts';
import { notifyKeyDisabled } from '../alerts/key-disabled';
import { notifyOutsideCalls } from '../alerts/outside-calls';
import { BedrockRetention, RetentionManagement } from '../checks/bedrock-retention';
import { CheckAlarms } from '../checks/check-alarms';
import { DestinationCheck } from '../checks/destination-check';
import { bedrockOf, decideModels, type InferenceModel } from '../checks/inference-model';
import type { InvocationLogging } from '../checks/invocation-logging';
import { policyLayers } from '../checks/policy-layers';
import { ProviderState } from '../checks/provider-state';
import { decideGuardrails, type GuardrailReference } from '../guardrails/inference-guardrail';
import { newLogKey } from '../keys/log-key';
import { ResidencyKey } from '../keys/residency-key';
import { EgressAccess } from '../network/egress-access';
import { EndpointService } from '../network/endpoint-service';
import { Endpoints } from '../network/endpoints';
import { existingEndpoints } from '../network/existing-endpoints';
import { JoinedRegions, rangeOf } from '../network/joined-regions';
import { Network } from '../network/network';
import { peeredRanges } from '../network/peered-ranges';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { AccessLogBucket } from './access-log-bucket';
import { CertificateWriters } from './certificate-writers';
import { EvidenceBucket } from './evidence-bucket';
import { LedgerWriters } from './ledger-writers';
import { OperationsDashboard } from './operations-dashboard';
import { DataEvents } from './recorded-stores';
import { Trail } from './trail';
import { WebAcl } from './web-acl';

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

/** The most requests. Those without a key are few: a client that has none sends one, and reads the answer. */
const ratesOf = ({
  requestsPerFiveMinutes = 10_000,
  requestsWithoutKeyPerFiveMinutes = REQUESTS_WITHOUT_KEY,
}: FoundationProps) => ({
  requestsPerFiveMinutes,
  requestsWithoutKeyPerFiveMinutes,
});

/**
 * The resources that the workspaces and projects of a deployment share: a network whose only egress is endpoints under
 * policies derived from the boundary, a web ACL, keys and buckets for logs and evidence, a CloudTrail trail of who used
 * what, and the Bedrock settings that make it retain nothing. Destinations in another Region need a RegionalEndpoint
 * there.
 *
 * Unlike the resources of each tenant, it has hourly costs: two interface endpoints in two zones, and the web ACL. A
 * dashboard is billed by the month.
 */
export class Foundation extends Construct {
  /** The Bedrock destinations of the gateways' requests, each decided to be inside the boundary. */
  public readonly destinations: Destination[];

  /** The VPC; gateways run in its isolated subnets. */
  public readonly vpc: ec2.IVpc;

  /** Address ranges of networks joined to the VPC that may contain model servers. */
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

  /**
   * The dependency for anything that calls Bedrock. Once it is deployed, Bedrock retains nothing, and the Regions of
   * each destination have been checked with Bedrock.
   */
  public readonly bedrockReady: IDependable;

  /**
   * Regions that the account hasn't enabled, with the fix; `none` if there are none. Destinations that may use them
   * serve no project. Known only at deployment.
   */
  public readonly unusableRegions: string;

  /**
   * Profiles that route to other Regions than the facts say, all of them inside the boundary; `none` if there are none.
   * Known only at deployment.
   */
  public readonly destinationDrift: string;

  /** The topic for alarms, including your own. It has no subscription if `alerts` names no recipients. */
  public readonly alertTopic: sns.ITopic;

  /** The recipients of alarms, or the reason why there are none. Known only at deployment. */
  public readonly alertSummary: string;

  /** The name of the dashboard of all gateways. Known only at deployment. */
  public readonly dashboardName: string;

  /** @internal */
  public readonly _guardrails: readonly Guardrail[];

  /** @internal */
  public readonly _logsInvocations: boolean;

  /** @internal */
  public readonly _euOwnedOnly: boolean;

  /** @internal */
  public readonly _channel: AlertChannel;

  /** @internal */
  public readonly _egress?: EgressAccess;

  /** @internal */
  public readonly _addressRange?: string;

  /**
   * Set by a gateway whose API answers preflight requests.
   *
   * @internal
   */
  public _answersPreflights = false;

  /** @internal */
  public readonly _joined = new JoinedRegions();

  /** @internal */
  public readonly _bedrockRetention?: BedrockRetention;

  /** @internal */
  public readonly _destinationCheck?: DestinationCheck;

  /**
   * The providers that are out of use; none if no model is outside AWS.
   *
   * @internal
   */
  public readonly _providerState?: ProviderState;

  /** @internal */
  public readonly _certificates: CertificateWriters;

  /** @internal */
  public readonly _ledgerWriters: LedgerWriters;

  private readonly evidenceKey: ResidencyKey;
  private readonly recordedRegions = new Set<string>();

  /** @throws if the Region, a model, a period, a range or the VPC isn't allowed by the boundary or the rules of its prop */
  constructor(scope: Construct, id: string, props: FoundationProps) {
    super(scope, id);
    const { boundary, logRetention: period = logs.RetentionDays.SIX_MONTHS } = props;
    requireInside(this, boundary, 'personal data passes through it');
    const decided = decideModels(this, boundary, props.models, props.euOwnedOnly);
    this.destinations = bedrockOf(decided);
    this._guardrails = decideGuardrails(this, boundary, props.guardrails ?? []);
    this.peeredRanges = peeredRanges(this, props);
    const logRetention = requireFinite(this, period, 'logs hold addresses');

    this.logKey = newLogKey(this, boundary);
    const addressRange = this.requireRange(props.addressRange ?? PRIMARY_RANGE);
    const network = new Network(this, 'Network', {
      vpc: props.vpc,
      addressRange,
      availabilityZones: props.availabilityZones,
      joins: this._joined.joins,
      logKey: this.logKey,
      logRetention,
    });
    this.vpc = network.vpc;
    this._addressRange = props.addressRange ?? (props.vpc ? rangeOf(props.vpc) : addressRange);

    this.clientSecurityGroup = network.clientSecurityGroup;
    this._egress = this.egressAccess(props);
    this.endpointSecurityGroup = new Endpoints(this, 'Endpoints', {
      vpc: this.vpc,
      clients: this.clientSecurityGroup,
      destinations: this.destinations,
      guardrails: this._guardrails,
      egress: this._egress,
      existing: existingEndpoints(this, props),
    }).securityGroup;

    this.webAclArn = new WebAcl(this, 'WebAcl', {
      logKey: this.logKey,
      logRetention,
      answersPreflights: () => this._answersPreflights,
      ...ratesOf(props),
    }).webAclArn;

    this.accessLogBucket = new AccessLogBucket(this, 'AccessLogs').bucket;
    this.evidenceKey = new ResidencyKey(this, 'EvidenceKey', {
      boundary,
      description: `Evidence of ${this.node.path}`,
    });
    this.evidenceKey._retainAlways();
    const { bucket, ledgerLock } = this.addEvidenceBucket(props);
    this.evidenceBucket = bucket;
    this._certificates = new CertificateWriters(bucket, this.evidenceKey);
    this._ledgerWriters = new LedgerWriters(bucket, this.evidenceKey, ledgerLock);
    this.trailArn = this.addTrail(props);

    this._euOwnedOnly = props.euOwnedOnly ?? false;
    this._logsInvocations = props.invocationLogging !== undefined;
    this._channel = new AlertChannel(this, 'Alerts', { boundary, alerts: props.alerts });
    this.alertTopic = this._channel.topic;
    this.alertSummary = this._channel.summary;
    if (decided.some(({ destinations }) => destinations.some(isOutsideAws)))
      this._providerState = new ProviderState(this, 'ProviderState', { boundary, channel: this._channel });
    this.watchKeys();
    notifyOutsideCalls(this, boundary, this._channel);

    if (this.destinations.length > 0) {
      const checks = this.addBedrockChecks(props, logRetention);
      this._bedrockRetention = checks.retention;
      this._destinationCheck = checks.check;
    }
    const check = this._destinationCheck?.handler;
    this.dashboardName = new OperationsDashboard(this, 'Operations', { check }).dashboard.dashboardName;
    this.bedrockReady = this._destinationCheck ?? this;
    this.requireRegionalEndpoints();
    this.unusableRegions = this._bedrockRetention?.unusable ?? 'none';
    this.destinationDrift = this._destinationCheck?.drift ?? 'none';
  }

  private egressAccess({
    egressFunctionName: name,
    storeNamePrefix = '',
    existingEndpoints: existing = [],
  }: FoundationProps): EgressAccess | undefined {
    if (name === undefined) {
      if (!existing.includes(EndpointService.LAMBDA)) return undefined;
      throw new Error(
        `${this.node.path}: 'existingEndpoints' must not name 'lambda' without an egress because nothing in the network calls Lambda then, ` +
          "got no 'egressFunctionName'; leave 'lambda' out, or name the function",
      );
    }
    if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return new EgressAccess(name, storeNamePrefix);
    throw new Error(
      `${this.node.path}: 'egressFunctionName' must be at most 64 letters, digits, hyphens and underscores because ARNs are formed with ` +
        `it before the function exists, got '${name}'; use a name such as 'exemple-egress'`,
    );
  }

  private requireRange(range: string): string {
    if (isNetworkRange(range)) return range;
    throw new Error(
      `${this.node.path}: 'addressRange' must be ${RANGE_ALLOWED}, got '${range}'; use a range such as ${PRIMARY_RANGE}`,
    );
  }

  private addEvidenceBucket({
    evidenceRetention: retention = s3.ObjectLockRetention.governance(Duration.days(365)),
    ledgerRetention,
    organizationTrailArn,
  }: FoundationProps): EvidenceBucket {
    const { evidenceKey, accessLogBucket } = this;
    return new EvidenceBucket(this, 'Evidence', {
      encryptionKey: evidenceKey.key,
      accessLogBucket,
      retention,
      // The trail needs the bucket first. That of an organization writes elsewhere.
      trailArn: organizationTrailArn === undefined ? Lazy.string({ produce: () => this.trailArn }) : undefined,
      ledgerRetention,
    });
  }

  private addTrail({ dataEvents, organizationTrailArn, storeNamePrefix }: FoundationProps): string {
    if (organizationTrailArn !== undefined) return organizationTrailArn;
    return new Trail(this, 'Trail', {
      bucket: this.evidenceBucket,
      encryptionKey: this.evidenceKey,
      accessLogBucket: this.accessLogBucket,
      regions: this.recordedRegions,
      dataEvents: dataEvents ?? DataEvents.DEPLOYMENT,
      storeNamePrefix,
    }).trailArn;
  }

  private watchKeys(): void {
    const alertKey = this._channel.key?.key;
    const watch = new Construct(this, 'KeyWatch');
    notifyKeyDisabled(watch, this._channel, [this.logKey, this.evidenceKey.key, ...(alertKey ? [alertKey] : [])]);
  }

  private addBedrockChecks(props: FoundationProps, logRetention: logs.RetentionDays) {
    const bedrock = {
      boundary: props.boundary,
      destinations: this.destinations,
      guardrails: this._guardrails,
      management: props.bedrockRetention ?? RetentionManagement.MANAGE,
      invocationLogging: props.invocationLogging,
      logKey: this.logKey,
      logRetention,
    };
    const retention = new BedrockRetention(this, 'BedrockRetention', {
      ...bedrock,
      evidenceBucket: this.evidenceBucket,
      evidenceKey: this.evidenceKey.forBucket(),
    });
    const check = new DestinationCheck(this, 'DestinationCheck', { ...bedrock, after: retention });
    new CheckAlarms(this, 'CheckAlarms', {
      check: check.handler,
      after: check,
      channel: this._channel,
      hasRelease: props.boundary._facts?.release !== undefined,
      hasAdmitted: admissionsIn(policyLayers(props.boundary, this.destinations) ?? []).length > 0,
    });
    return { retention, check };
  }

  /** The endpoints are in stacks that come after this one, so only the complete app shows which are missing. */
  private requireRegionalEndpoints(): void {
    const own = Stack.of(this).region;
    const others = new Set(this.destinations.map(({ sourceRegion }) => sourceRegion).filter((code) => code !== own));
    this.node.addValidation({ validate: () => this._joined.missing(this.node.path, [...others].sort()) });
  }

  /** Grants reading evidence, and using its key through S3 to do so. No principal has this permission by default. */
  public grantReadEvidence(grantee: iam.IGrantable): iam.Grant {
    return this.evidenceBucket.grantRead(grantee);
  }

  /**
   * Makes the trail record who used which table item in a Region of replicas.
   *
   * @internal
   */
  public _recordItemsIn(region: string): void {
    this.recordedRegions.add(region);
  }
}
