import { createHash } from 'node:crypto';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { isNetworkRange } from '../../boundary/network-range';
import { egressNameProblems } from '../../perimeter/egress-names';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import type { EgressHost } from './egress-host';
import { firewallPolicy } from './firewall-policy';
import { egressProblems } from './form/egress-problems';
import { NameResolution } from './name-resolution';
import { SecretsEndpoint } from './secrets-endpoint';
import { ServiceLogs } from './service-logs';
import { ZoneFirewall } from './zone-firewall';
import { requireEgressZones } from './zone-names';

/** Construction properties for an EgressNetwork. */
export interface EgressNetworkProps {
  /** The boundary in which the stack must be. */
  readonly boundary: ResidencyBoundary;

  /** The hosts that can be reached, at most 50. */
  readonly hosts: EgressHost[];

  /**
   * The IPv4 range of the VPC, from /16 to /23. Changing it replaces the network, and its public addresses.
   *
   * @default '10.98.0.0/23'
   */
  readonly addressRange?: string;

  /**
   * One to three zones of the stack's Region, in any order. Each has a firewall and a NAT gateway, which are billed by the hour. Other
   * zones replace the network, and its public addresses.
   *
   * @default - zones a and b of the Region
   */
  readonly availabilityZones?: string[];

  /**
   * The secrets that clients can read, of the account and Region of the stack. They are read through an endpoint of Secrets Manager in the
   * client subnets, which is billed by the hour, and whose policy names them. A client's role must be allowed to read them, too.
   *
   * @default - none, and no endpoint
   */
  readonly secrets?: ISecret[];

  /**
   * Retention of the logs of the firewalls and of DNS queries; they hold addresses and names. Must be finite.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: RetentionDays;
}

/**
 * A VPC from which TLS connections to listed hosts leave, and nothing else. It is joined to no other network.
 *
 * In each zone, the route of the client subnet leads to a Network Firewall, from there to a NAT gateway, and the answers return through
 * the same firewall. The firewall passes whole server names in strict order, and drops and logs everything else. The VPC's resolver
 * answers only for the same names.
 *
 * With secrets, an endpoint of Secrets Manager is in the client subnets, for these secrets alone.
 *
 * A server name isn't bound to an address or a certificate: code in the client subnets can send a listed name to any server. So only
 * code that checks both itself, and that can't be replaced by a caller, belongs there.
 *
 * It has hourly costs: a firewall, a NAT gateway and a public address in each zone.
 */
export class EgressNetwork extends Construct {
  /** The VPC with its client subnets. Its other subnets aren't for use: there, the firewall doesn't filter. */
  public readonly vpc: ec2.IVpc;

  /** The subnets for clients, one in each zone. */
  public readonly clientSubnets: ec2.ISubnet[];

  /** The security group for clients: they can open connections to port 443, and accept none. */
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  /** The log of the firewalls: flows and alerts. */
  public readonly firewallLogGroup: ILogGroup;

  /** The log of DNS queries. */
  public readonly queryLogGroup: ILogGroup;

  /**
   * The addresses from which requests leave, one in each zone. Known only at deployment.
   *
   * @internal
   */
  public readonly _publicAddresses: readonly string[];

  /**
   * The names of its endpoints.
   *
   * @internal
   */
  public readonly _endpoints: readonly string[];

  /** @throws if the Region, a host, the address range, the zones or the logs' retention isn't allowed */
  constructor(scope: Construct, id: string, props: EgressNetworkProps) {
    super(scope, id);
    const { boundary, addressRange = '10.98.0.0/23', secrets = [] } = props;
    requireInside(this, boundary, 'requests leave from there');
    this.requireHosts(boundary, props.hosts);
    this.requireRange(addressRange);
    const names = props.hosts.map(({ name }) => name);
    const zones = requireEgressZones(this, props.availabilityZones);
    const retention = requireFinite(
      this,
      props.logRetention ?? RetentionDays.SIX_MONTHS,
      'logs hold addresses and names',
    );

    // A new range or zone replaces the whole: ranges of subnets, addresses of gateways and names of firewalls can't be in use twice.
    const parts = new Construct(this, `Zones${digestOf(addressRange, ...zones)}`);
    const vpc = new ec2.Vpc(parts, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(addressRange),
      availabilityZones: zones,
      natGateways: 0,
      subnetConfiguration: [
        { name: CLIENT, subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        // The smallest that AWS allows, for one endpoint and one gateway.
        { name: FIREWALL, subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 28 },
        { name: NAT, subnetType: ec2.SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
      ],
      // Unlike in an isolated VPC, a resource in the default group could send.
      restrictDefaultSecurityGroup: true,
    });
    Validations.of(vpc).acknowledge({
      id: 'AwsSolutions::AwsSolutions-VPC7',
      reason:
        'the firewalls log each connection between clients and the internet, passed or dropped, and the resolver each query; no other way ' +
        'leads out, so a flow log would repeat them',
    });
    this.vpc = clientVpc(this, vpc, addressRange, zones);
    this.clientSubnets = this.vpc.isolatedSubnets;

    const logs = new ServiceLogs(this, 'Logs', { boundary, retention });
    this.firewallLogGroup = logs.firewalls;
    this.queryLogGroup = logs.queries;
    const policy = firewallPolicy(parts, names, addressRange);
    this._publicAddresses = subnetsOf(vpc, CLIENT).map((client, index) => {
      const zone = { index, client, firewall: subnetOf(vpc, FIREWALL, index), nat: subnetOf(vpc, NAT, index) };
      return connect(
        parts,
        zone,
        new ZoneFirewall(parts, `Firewall${index}`, { vpc, subnet: zone.firewall, policy, logs }),
      );
    });

    const clients = new ec2.SecurityGroup(this, 'Clients', {
      vpc,
      description: 'Clients of the listed hosts, without inbound connections',
      allowAllOutbound: false,
    });
    clients.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'TLS, which the firewall filters');
    this.clientSecurityGroup = clients;

    const endpoint =
      secrets.length === 0
        ? undefined
        : new SecretsEndpoint(parts, 'Secrets', { vpc, subnets: this.clientSubnets, clients, secrets });
    this._endpoints = endpoint ? [endpoint.hostName] : [];
    new NameResolution(parts, 'Names', { vpcId: vpc.vpcId, hosts: props.hosts, endpoints: this._endpoints, logs });
    this.node.addValidation({ validate: () => egressProblems(this, vpc, names, endpoint) });
  }

  private requireHosts(boundary: ResidencyBoundary, hosts: readonly EgressHost[]): void {
    const forms = egressNameProblems(hosts.map(({ name }) => name));
    // The place of a name that isn't one can't be decided.
    const problems = forms.length > 0 ? forms : hosts.flatMap((host) => host._problem(boundary) ?? []);
    if (problems.length > 0)
      throw new Error(`${this.node.path}: 'hosts' is refused because ${problems.join(', and ')}`);
  }

  private requireRange(addressRange: string): void {
    if (isNetworkRange(addressRange) && Number(addressRange.split('/')[1]) <= 23) return;
    throw new Error(
      `${this.node.path}: 'addressRange' must be a range of private IPv4 addresses from /16 to /23, because each zone has three subnets, got ` +
        `'${addressRange}'; use one such as 10.98.0.0/23`,
    );
  }
}

interface Zone {
  readonly index: number;
  readonly client: ec2.ISubnet;
  readonly firewall: ec2.ISubnet;
  readonly nat: ec2.ISubnet;
}

const CLIENT = 'Client';
const FIREWALL = 'Firewall';
const NAT = 'Nat';

/**
 * Both directions of a zone's connections pass the zone's own firewall: it sees whole connections, or drops them.
 *
 * @returns the zone's public address
 */
function connect(scope: Construct, { index, client, firewall, nat }: Zone, { endpointId }: ZoneFirewall): string {
  const address = new ec2.CfnEIP(scope, `Address${index}`, { domain: 'vpc' });
  const gateway = new ec2.CfnNatGateway(scope, `Nat${index}`, {
    subnetId: nat.subnetId,
    allocationId: address.attrAllocationId,
  });
  gateway.node.addDependency(nat.internetConnectivityEstablished);
  const route = (id: string, from: ec2.ISubnet, to: Partial<ec2.CfnRouteProps>) =>
    new ec2.CfnRoute(scope, `${id}${index}`, {
      routeTableId: from.routeTable.routeTableId,
      destinationCidrBlock: '0.0.0.0/0',
      ...to,
    });
  route('ToFirewall', client, { vpcEndpointId: endpointId });
  route('ToNat', firewall, { natGatewayId: gateway.ref });
  route('Back', nat, { destinationCidrBlock: client.ipv4CidrBlock, vpcEndpointId: endpointId });
  return address.attrPublicIp;
}

/** The VPC as its users see it: with the client subnets alone, so that no placement can choose one behind the firewall. */
function clientVpc(scope: Construct, vpc: ec2.Vpc, addressRange: string, availabilityZones: string[]): ec2.IVpc {
  const subnets = subnetsOf(vpc, CLIENT);
  return ec2.Vpc.fromVpcAttributes(scope, 'ClientVpc', {
    vpcId: vpc.vpcId,
    vpcCidrBlock: addressRange,
    availabilityZones,
    region: Stack.of(scope).region,
    isolatedSubnetNames: [CLIENT],
    isolatedSubnetIds: subnets.map(({ subnetId }) => subnetId),
    isolatedSubnetRouteTableIds: subnets.map(({ routeTable }) => routeTable.routeTableId),
    isolatedSubnetIpv4CidrBlocks: subnets.map(({ ipv4CidrBlock }) => ipv4CidrBlock),
  });
}

const subnetsOf = (vpc: ec2.IVpc, name: string) => vpc.selectSubnets({ subnetGroupName: name }).subnets;

/** Eight characters for a range and zones. */
const digestOf = (...values: string[]) => createHash('sha256').update(values.join()).digest('hex').slice(0, 8);

function subnetOf(vpc: ec2.IVpc, name: string, index: number): ec2.ISubnet {
  const subnet = subnetsOf(vpc, name)[index];
  if (subnet === undefined) throw new Error(`the VPC ${vpc.node.path} has no subnet '${name}' in zone ${index}`);
  return subnet;
}
