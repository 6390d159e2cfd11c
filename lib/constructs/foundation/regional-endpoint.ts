import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { isNetworkRange, overlap, RANGE_ALLOWED, regionalRange } from '../../boundary/network-range';
import { findRegion } from '../../facts/region';
import { bedrockEndpointPolicy } from '../../perimeter/bedrock-statements';
import { ResidencyKey } from '../keys/residency-key';
import { closedVpc } from '../network/closed-vpc';
import { waysOut } from '../network/ways-out';
import { acrossRegions } from '../shared/across-regions';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import type { Foundation } from './foundation';

/** Construction properties for a RegionalEndpoint. */
export interface RegionalEndpointProps {
  /** Where requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** Whose network is to reach Bedrock in the Region of this construct's stack. */
  readonly foundation: Foundation;

  /**
   * The IPv4 range of the VPC, from /16 to /26, without an address of the foundation's or of another regional endpoint.
   * Another range is another VPC.
   *
   * @default - a range that each Region has for itself, beside the foundation's
   */
  readonly addressRange?: string;

  /**
   * How long the network's log is kept; it holds addresses. Must have an end.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * The way of a foundation's gateways to Bedrock in another Region: a VPC there without any other way out, peered with the
 * foundation's, with one endpoint under a policy derived from the boundary, and a private zone by which the service's own
 * host name leads to it.
 *
 * It needs RegionalRoutes on the foundation's side, in a third stack. It costs by the hour: an interface endpoint in two zones.
 */
export class RegionalEndpoint extends Construct {
  /** The Region that is called: the one of the stack. */
  public readonly region: string;

  /** The IPv4 range of the VPC. */
  public readonly addressRange: string;

  /** The VPC that the endpoint is in. */
  public readonly vpc: ec2.IVpc;

  /** The id of the peering connection, in both Regions. */
  public readonly peeringConnectionId: string;

  /** Whose way it is. */
  public readonly foundation: Foundation;

  constructor(scope: Construct, id: string, props: RegionalEndpointProps) {
    super(scope, id);
    const { boundary, foundation } = props;
    this.foundation = foundation;
    this.region = requireInside(this, boundary, 'requests are processed there');
    this.requireNeeded(foundation);
    const theirs = this.rangeOfFoundation(foundation);
    this.addressRange = this.requireFree(foundation, theirs, props.addressRange ?? regionalRange(this.region, theirs));

    const logKey = new ResidencyKey(this, 'LogKey', { boundary, description: `Logs of ${this.node.path}` });
    logKey.allowLogGroups();
    const vpc = closedVpc(this, {
      addressRange: this.addressRange,
      logKey: logKey.key,
      logRetention: requireFinite(this, props.logRetention ?? logs.RetentionDays.SIX_MONTHS, 'logs hold addresses'),
    });
    this.vpc = vpc;

    const theirVpcId = acrossRegions(foundation.vpc.vpcId);
    const theirRegion = Stack.of(foundation).region;
    const peering = new ec2.CfnVPCPeeringConnection(this, 'Peering', {
      vpcId: vpc.vpcId,
      peerVpcId: theirVpcId,
      // Without it CloudFormation looks for the VPC here, and accepts nothing there.
      peerRegion: theirRegion,
    });
    this.peeringConnectionId = peering.ref;
    const routes = vpc.isolatedSubnets.map(
      ({ routeTable }, index) =>
        new ec2.CfnRoute(this, `Back${index}`, {
          routeTableId: routeTable.routeTableId,
          destinationCidrBlock: theirs,
          vpcPeeringConnectionId: peering.ref,
        }),
    );
    this.addEndpoint(vpc, theirs, foundation, { vpcId: theirVpcId, vpcRegion: theirRegion });

    foundation._joined.add(this.region, this.addressRange, peering, ...routes);
    this.node.addValidation({
      validate: () => waysOut(`the VPC ${vpc.node.path}`, vpc, foundation._joined.joins),
    });
  }

  private addEndpoint(
    vpc: ec2.Vpc,
    clients: string,
    { destinations }: Foundation,
    caller: route53.CfnHostedZone.VPCProperty,
  ): void {
    const { partition, account } = Stack.of(this);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'The endpoint of Bedrock, reached from the gateways of another Region only',
      allowAllOutbound: false,
    });
    // Of another Region no security group can be named.
    securityGroup.addIngressRule(ec2.Peer.ipv4(clients), ec2.Port.tcp(443), 'HTTPS from the peered VPC');
    const endpoint = new ec2.InterfaceVpcEndpoint(this, 'BedrockRuntime', {
      vpc,
      service: ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
      subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [securityGroup],
      open: false,
      // AWS's own zone would answer in this VPC only, where nobody asks.
      privateDnsEnabled: false,
    });
    const policy = bedrockEndpointPolicy({ partition, account, region: this.region, destinations });
    for (const statement of policy.Statement) endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));

    const zoneName = `bedrock-runtime.${this.region}.${findRegion(this.region)?.dnsSuffix}`;
    const zone = new route53.CfnHostedZone(this, 'Zone', {
      name: zoneName,
      hostedZoneConfig: { comment: `Leads to the endpoint of Bedrock in ${this.region}` },
      vpcs: [caller],
    });
    new route53.ARecord(this, 'Record', {
      zone: route53.HostedZone.fromHostedZoneAttributes(this, 'ImportedZone', {
        hostedZoneId: zone.attrId,
        zoneName,
      }),
      target: route53.RecordTarget.fromAlias(new targets.InterfaceVpcEndpointTarget(endpoint)),
    });
  }

  private requireNeeded(foundation: Foundation): void {
    const { path } = this.node;
    const theirs = Stack.of(foundation);
    const { account } = Stack.of(this);
    if (account !== theirs.account) {
      throw new Error(
        `${path}: the stack must be in the account of ${foundation.node.path}, because a peering with another account waits ` +
          `for its consent, got ${Token.isUnresolved(account) ? 'one that is unknown until deployment' : `'${account}'`}; set ` +
          `'env.account' to that of ${theirs.stackName}`,
      );
    }
    const called = [...new Set(foundation.destinations.map(({ sourceRegion }) => sourceRegion))].filter(
      (code) => code !== theirs.region,
    );
    if (!called.includes(this.region)) {
      throw new Error(
        `${path}: the stack must be in another Region that a model of ${foundation.node.path} is called in, ` +
          `${called.length === 0 ? 'but there is none' : `one of ${called.join(', ')}`}, got '${this.region}'; give a destination that 'region', ` +
          'or take the endpoint out',
      );
    }
    if (foundation._joined.has(this.region)) {
      throw new Error(
        `${path}: ${foundation.node.path} has an endpoint in ${this.region} already, and the host name can lead to one only; ` +
          'keep one of them',
      );
    }
  }

  private rangeOfFoundation(foundation: Foundation): string {
    if (foundation._addressRange !== undefined) return foundation._addressRange;
    throw new Error(
      `${this.node.path}: the range of the VPC that ${foundation.node.path} was given must be known, because routes lead to it, ` +
        "got a VPC without one; give the foundation its 'addressRange'",
    );
  }

  private requireFree(foundation: Foundation, theirs: string, range: string): string {
    const { path } = this.node;
    if (!isNetworkRange(range)) throw new Error(`${path}: 'addressRange' must be ${RANGE_ALLOWED}, got '${range}'`);
    const other = overlap(range, theirs)
      ? `that of ${foundation.node.path}, ${theirs}`
      : foundation._joined.overlapping(range);
    if (other === undefined) return range;
    throw new Error(
      `${path}: 'addressRange' must have no address in common with another, because routes go by addresses, got '${range}', which ` +
        `overlaps ${other}; give one beside it`,
    );
  }
}
