import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { Destination } from '../../boundary/destination';
import type { Guardrail } from '../../boundary/guardrail';
import { isNetworkRange, PRIMARY_RANGE, RANGE_ALLOWED } from '../../boundary/network-range';
import { isOutsideAws } from '../../boundary/provider-of';
import { REQUESTS_WITHOUT_KEY } from '../../contract/api-limits';
import { AlertChannel } from '../alerts/alert-channel';
import { notifyKeyDisabled } from '../alerts/key-disabled';
import { notifyOutsideCalls } from '../alerts/outside-calls';
import { addBedrockChecks } from '../checks/bedrock-checks';
import { type BedrockRetention, RetentionManagement } from '../checks/bedrock-retention';
import type { DestinationCheck } from '../checks/destination-check';
import { bedrockOf, decideModels } from '../checks/inference-model';
import { ProviderState } from '../checks/provider-state';
import { decideGuardrails } from '../guardrails/inference-guardrail';
import { newLogKey } from '../keys/log-key';
import { type EgressAccess, egressAccess } from '../network/egress-access';
import { Endpoints } from '../network/endpoints';
import { existingEndpoints } from '../network/existing-endpoints';
import { JoinedRegions, rangeOf } from '../network/joined-regions';
import { Network } from '../network/network';
import { peeredRanges } from '../network/peered-ranges';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { AccessLogBucket } from './access-log-bucket';
import type { CertificateWriters } from './certificate-writers';
import { FoundationEvidence } from './foundation-evidence';
import type { FoundationProps } from './foundation-props';
import type { LedgerWriters } from './ledger-writers';
import { OperationsDashboard } from './operations-dashboard';
import { WebAcl } from './web-acl';

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

  private readonly evidence: FoundationEvidence;

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
    this._egress = egressAccess(this, props);
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
    this.evidence = new FoundationEvidence(this, this.accessLogBucket, props);
    this.evidenceBucket = this.evidence.bucket;
    this._certificates = this.evidence.certificates;
    this._ledgerWriters = this.evidence.ledgerWriters;
    this.trailArn = this.evidence.trailArn;

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
      const checks = addBedrockChecks(this, {
        boundary,
        destinations: this.destinations,
        guardrails: this._guardrails,
        management: props.bedrockRetention ?? RetentionManagement.MANAGE,
        invocationLogging: props.invocationLogging,
        logKey: this.logKey,
        logRetention,
        evidenceBucket: this.evidenceBucket,
        evidenceKey: this.evidence.key.forBucket(),
        channel: this._channel,
      });
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

  private requireRange(range: string): string {
    if (isNetworkRange(range)) return range;
    throw new Error(
      `${this.node.path}: 'addressRange' must be ${RANGE_ALLOWED}, got '${range}'; use a range such as ${PRIMARY_RANGE}`,
    );
  }

  private watchKeys(): void {
    const alertKey = this._channel.key?.key;
    const watch = new Construct(this, 'KeyWatch');
    notifyKeyDisabled(watch, this._channel, [this.logKey, this.evidence.key.key, ...(alertKey ? [alertKey] : [])]);
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
    this.evidence.recordItemsIn(region);
  }
}
