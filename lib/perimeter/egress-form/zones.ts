import { isDeepStrictEqual } from 'node:util';
import { attribute, type EgressTemplate, ref, referred, target } from './template';

/** The logical IDs of a zone's subnets and its firewall. */
interface ZoneParts {
  readonly client: string;
  readonly firewallSubnet: string;
  readonly nat: string;
  readonly firewall: string;
}

/**
 * Checks the subnets and routes of each zone: from the client subnet to the firewall, to the NAT gateway, to the internet, and back
 * through the same firewall.
 *
 * @returns the firewalls
 */
export function checkZones(template: EgressTemplate, vpc: string): string[] {
  const subnets = template.find('AWS::EC2::Subnet', { VpcId: ref(vpc) });
  const zoneOf = (subnet: string) => JSON.stringify(template.properties(subnet).AvailabilityZone);
  for (const subnet of subnets) {
    const { MapPublicIpOnLaunch } = template.properties(subnet);
    template.require(MapPublicIpOnLaunch === false, `subnet ${subnet} must give out no public address`);
    // The firewall's routes don't cover IPv6, for example.
    template.requireOnly(subnet, 'AvailabilityZone', 'CidrBlock', 'MapPublicIpOnLaunch', 'VpcId');
  }
  const zones = [...new Set(subnets.map(zoneOf))];
  template.require(zones.length >= 1 && zones.length <= 3, `it must have one to three zones, got ${zones.length}`);
  return zones.flatMap((zone) =>
    checkZone(
      template,
      vpc,
      zone,
      subnets.filter((subnet) => zoneOf(subnet) === zone),
    ),
  );
}

function checkZone(template: EgressTemplate, vpc: string, zone: string, subnets: readonly string[]): string[] {
  const natsIn = (subnet: string) => template.find('AWS::EC2::NatGateway', { SubnetId: ref(subnet) });
  const firewallsIn = (subnet: string) =>
    template.find('AWS::NetworkFirewall::Firewall', {
      VpcId: ref(vpc),
      SubnetMappings: [{ IPAddressType: 'IPV4', SubnetId: ref(subnet) }],
    });
  const [nat, ...otherNats] = subnets.filter((subnet) => natsIn(subnet).length === 1);
  const [firewallSubnet, ...otherFirewalls] = subnets.filter((subnet) => firewallsIn(subnet).length === 1);
  const [client, ...otherClients] = subnets.filter((subnet) => subnet !== nat && subnet !== firewallSubnet);
  const others = [...otherNats, ...otherFirewalls, ...otherClients];
  if (nat === undefined || firewallSubnet === undefined || client === undefined || others.length > 0) {
    template.problems.push(
      `zone ${zone} must have three subnets, one with a NAT gateway and one with a firewall of this zone alone, got ${subnets.length} ` +
        `subnets, of which ${subnets.filter((subnet) => natsIn(subnet).length === 1).length} with a NAT gateway and ` +
        `${subnets.filter((subnet) => firewallsIn(subnet).length === 1).length} with such a firewall`,
    );
    return [];
  }
  const [firewall = ''] = firewallsIn(firewallSubnet);
  template.clients.add(client);
  for (const part of [...subnets, ...natsIn(nat), firewall]) template.parts.add(part);
  checkRoutes(template, vpc, zone, { client, firewallSubnet, nat, firewall });
  return [firewall];
}

function checkRoutes(template: EgressTemplate, vpc: string, zone: string, parts: ZoneParts): void {
  const { client, firewallSubnet, nat, firewall } = parts;
  const gateway = checkGateway(template, vpc);
  const [natGateway = ''] = template.find('AWS::EC2::NatGateway', { SubnetId: ref(nat) });
  const address = target(template.properties(natGateway).AllocationId, 'AllocationId');
  template.requireForm(address, `the address of ${natGateway}`, 'AWS::EC2::EIP', { Domain: 'vpc' });
  template.requireOnly(address, 'Domain');
  template.requireOnly(natGateway, 'AllocationId', 'SubnetId');
  // With one subnet, a firewall has one endpoint, and the order of the list can't matter.
  const endpoint = {
    'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, attribute(firewall, 'EndpointIds')] }] }],
  };
  const range = template.properties(client).CidrBlock;
  const everywhere = '0.0.0.0/0';
  const same = `through the firewall of zone ${zone}`;
  requireRoutes(template, client, `of clients ${same}`, [
    { DestinationCidrBlock: everywhere, VpcEndpointId: endpoint },
  ]);
  requireRoutes(template, firewallSubnet, `to the NAT gateway of zone ${zone}`, [
    { DestinationCidrBlock: everywhere, NatGatewayId: ref(natGateway) },
  ]);
  requireRoutes(template, nat, `to the internet, and back ${same}`, [
    { DestinationCidrBlock: everywhere, GatewayId: ref(gateway) },
    { DestinationCidrBlock: range, VpcEndpointId: endpoint },
  ]);
}

/** The internet gateway of the VPC, which is attached to nothing else. */
function checkGateway(template: EgressTemplate, vpc: string): string {
  const [attachment = ''] = template
    .find('AWS::EC2::VPCGatewayAttachment', { VpcId: ref(vpc), VpnGatewayId: undefined })
    .filter((one) => template.find('AWS::EC2::InternetGateway', {}).includes(gatewayOf(template, one)));
  const gateway = gatewayOf(template, attachment);
  template.require(gateway !== '', 'it must have one internet gateway, attached to its VPC, got none');
  for (const part of [attachment, gateway]) template.parts.add(part);
  return gateway;
}

const gatewayOf = (template: EgressTemplate, attachment: string) =>
  referred(template.properties(attachment).InternetGatewayId);

/** Requires that a subnet has one route table, and that table exactly these routes. */
function requireRoutes(template: EgressTemplate, subnet: string, what: string, expected: readonly object[]): void {
  const type = 'AWS::EC2::SubnetRouteTableAssociation';
  const association = template.only(`one route table of ${subnet}`, 'the main one would apply', type, {
    SubnetId: ref(subnet),
  });
  if (association === undefined) return;
  const table = referred(template.properties(association).RouteTableId);
  const { VpcId } = template.properties(subnet);
  template.requireForm(table, `the route table of ${subnet}`, 'AWS::EC2::RouteTable', { VpcId });
  const found = template.find('AWS::EC2::Route', { RouteTableId: ref(table) }).map((route) => {
    const { RouteTableId: _, ...to } = template.properties(route);
    return { route, to };
  });
  const matching = expected.map((route) => found.find(({ to }) => isDeepStrictEqual(to, route)));
  template.require(
    found.length === expected.length && matching.every((route) => route !== undefined),
    `subnet ${subnet} must have exactly the routes ${what}, got ${JSON.stringify(found.map(({ to }) => to))}`,
  );
  for (const one of matching) if (one !== undefined) template.parts.add(one.route);
}
