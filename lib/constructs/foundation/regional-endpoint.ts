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
import { newLogKey } from '../keys/log-key';
import { isolatedVpc } from '../network/isolated-vpc';
import { vpcEgress } from '../network/vpc-egress';
import { acrossRegions } from '../shared/across-regions';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import type { Foundation } from './foundation';
import { forwardOutsideCalls } from './outside-call-events';

/** Construction properties for a RegionalEndpoint. */
export interface RegionalEndpointProps {
  /** The boundary in which requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** The foundation whose network needs to reach Bedrock in the Region of this construct's stack. */
  readonly foundation: Foundation;

  /**
   * The IPv4 range of the VPC, from /16 to /26. It must not overlap the range of the foundation or of another regional
   * endpoint. Changing the range replaces the VPC.
   *
   * @default - a range reserved for the Region, which doesn't overlap the foundation's
   */
  readonly addressRange?: string;

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
 * The route from a foundation's gateways to Bedrock in another Region: a VPC there without any other egress, peered
 * with the foundation's VPC, with one endpoint under a policy derived from the boundary. A private hosted zone resolves
 * the service's own host name to that endpoint.
 *
 * It needs RegionalRoutes on the foundation's side, in a third stack. It has hourly costs: an interface endpoint in two
 * zones. Requests and answers travel between the two Regions over the peering connection.
 */
export class RegionalEndpoint extends Construct {
  /** The Region in which Bedrock is called: the Region of the stack. */
  public readonly region: string;

  /** The IPv4 range of the VPC. */
  public readonly addressRange: string;

  /** The VPC that the endpoint is in. */
  public readonly vpc: ec2.IVpc;

  /** The ID of the peering connection, in both Regions. */
  public readonly peeringConnectionId: string;

  /** The foundation whose network it serves. */
  public readonly foundation: Foundation;

  /** @throws if the Region, the account, the address range or the log's retention isn't allowed, or no model needs the endpoint */
  constructor(scope: Construct, id: string, props: RegionalEndpointProps) {
    super(scope, id);
    const { boundary, foundation } = props;
    this.foundation = foundation;
    this.region = requireInside(this, boundary, 'requests are processed there');
    this.requireNeeded(foundation);
    const theirs = this.rangeOfFoundation(foundation);
    this.addressRange = this.requireFree(foundation, theirs, props.addressRange ?? regionalRange(this.region, theirs));

    const vpc = isolatedVpc(this, {
      addressRange: this.addressRange,
      availabilityZones: props.availabilityZones,
      logKey: newLogKey(this, boundary),
      logRetention: requireFinite(this, props.logRetention ?? logs.RetentionDays.SIX_MONTHS, 'logs hold addresses'),
    });
    this.vpc = vpc;

    const theirVpcId = acrossRegions(foundation.vpc.vpcId);
    const theirRegion = Stack.of(foundation).region;
    const peering = new ec2.CfnVPCPeeringConnection(this, 'Peering', {
      vpcId: vpc.vpcId,
      peerVpcId: theirVpcId,
      // Without it, CloudFormation looks for the VPC in this Region and doesn't accept the peering in the other.
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

    forwardOutsideCalls(this, boundary, foundation);
    foundation._joined.add(this.region, this.addressRange, peering, ...routes);
    this.node.addValidation({
      validate: () => vpcEgress(`the VPC ${vpc.node.path}`, vpc, foundation._joined.joins),
    });
  }

  private addEndpoint(
    vpc: ec2.Vpc,
    clients: string,
    { destinations, _guardrails: guardrails }: Foundation,
    caller: route53.CfnHostedZone.VPCProperty,
  ): void {
    const { partition, account } = Stack.of(this);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'The endpoint of Bedrock, reached from the gateways of another Region only',
      allowAllOutbound: false,
    });
    // A rule can't name a security group of another Region.
    securityGroup.addIngressRule(ec2.Peer.ipv4(clients), ec2.Port.tcp(443), 'HTTPS from the peered VPC');
    const endpoint = new ec2.InterfaceVpcEndpoint(this, 'BedrockRuntime', {
      vpc,
      service: ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
      subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [securityGroup],
      open: false,
      // AWS's own zone would resolve the name only in this VPC, where no client runs.
      privateDnsEnabled: false,
    });
    const policy = bedrockEndpointPolicy({ partition, account, region: this.region, destinations, guardrails });
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
        `${path}: the stack must be in the account of ${foundation.node.path}, because another account would have to accept the ` +
          `peering, got ${Token.isUnresolved(account) ? 'an account that is unknown until deployment' : `'${account}'`}; set ` +
          `'env.account' to that of ${theirs.stackName}`,
      );
    }
    const called = [...new Set(foundation.destinations.map(({ sourceRegion }) => sourceRegion))].filter(
      (code) => code !== theirs.region,
    );
    if (!called.includes(this.region)) {
      throw new Error(
        `${path}: the stack must be in another Region in which a model of ${foundation.node.path} is called, ` +
          `${called.length === 0 ? 'but there is none' : `one of ${called.join(', ')}`}, got '${this.region}'; set the 'region' of a destination ` +
          'to it, or remove the endpoint',
      );
    }
    if (foundation._joined.has(this.region)) {
      throw new Error(
        `${path}: ${foundation.node.path} must have one endpoint per Region because the host name can resolve to one only, got a second ` +
          `in ${this.region}; keep one of them`,
      );
    }
  }

  private rangeOfFoundation(foundation: Foundation): string {
    if (foundation._addressRange !== undefined) return foundation._addressRange;
    throw new Error(
      `${this.node.path}: the range of the 'vpc' of ${foundation.node.path} must be known because routes need it, got a VPC without a ` +
        "range; set the foundation's 'addressRange'",
    );
  }

  private requireFree(foundation: Foundation, theirs: string, range: string): string {
    const { path } = this.node;
    if (!isNetworkRange(range)) {
      throw new Error(
        `${path}: 'addressRange' must be ${RANGE_ALLOWED}, got '${range}'; use a range such as 10.1.0.0/16`,
      );
    }
    const other = overlap(range, theirs)
      ? `that of ${foundation.node.path}, ${theirs}`
      : foundation._joined.overlapping(range);
    if (other === undefined) return range;
    throw new Error(
      `${path}: 'addressRange' must not overlap another range because routes use addresses, got '${range}', which overlaps ` +
        `${other}; choose a range next to it`,
    );
  }
}
