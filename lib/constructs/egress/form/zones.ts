import { isDeepStrictEqual } from 'node:util';
import { attribute, type EgressTemplate, ref } from './template';

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
    const { MapPublicIpOnLaunch, Ipv6CidrBlock, AssignIpv6AddressOnCreation } = template.properties(subnet);
    template.require(MapPublicIpOnLaunch === false, `subnet ${subnet} must give out no public address`);
    template.require(
      Ipv6CidrBlock === undefined && AssignIpv6AddressOnCreation !== true,
      `subnet ${subnet} must have no IPv6, which the firewall's routes don't cover`,
    );
  }
  const wide = template.find('AWS::EC2::VPCCidrBlock', { VpcId: ref(vpc) });
  template.require(wide.length === 0, `the VPC must have one range of IPv4 addresses, got ${wide.join(', ')} too`);
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
  for (const part of [...natsIn(nat), firewall]) template.parts.add(part);
  checkRoutes(template, vpc, zone, { client, firewallSubnet, nat, firewall });
  return [firewall];
}

function checkRoutes(template: EgressTemplate, vpc: string, zone: string, parts: ZoneParts): void {
  const { client, firewallSubnet, nat, firewall } = parts;
  const gateway = template
    .find('AWS::EC2::VPCGatewayAttachment', { VpcId: ref(vpc) })
    .map((attachment) => ({ attachment, id: template.properties(attachment).InternetGatewayId as { Ref?: string } }));
  for (const { attachment, id } of gateway) {
    template.parts.add(attachment);
    if (id?.Ref !== undefined) template.parts.add(id.Ref);
  }
  const [natGateway = ''] = template.find('AWS::EC2::NatGateway', { SubnetId: ref(nat) });
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
    { DestinationCidrBlock: everywhere, GatewayId: gateway[0]?.id },
    { DestinationCidrBlock: range, VpcEndpointId: endpoint },
  ]);
}

/** Requires that a subnet has one route table, and that table exactly these routes. */
function requireRoutes(template: EgressTemplate, subnet: string, what: string, expected: readonly object[]): void {
  const type = 'AWS::EC2::SubnetRouteTableAssociation';
  const association = template.only(`one route table of ${subnet}`, 'the main one would apply', type, {
    SubnetId: ref(subnet),
  });
  if (association === undefined) return;
  const table = template.properties(association).RouteTableId;
  const routes = template.find('AWS::EC2::Route', { RouteTableId: table });
  const found = routes.map((route) => {
    const { RouteTableId: _, ...target } = template.properties(route);
    return target;
  });
  const isExact =
    found.length === expected.length && expected.every((route) => found.some((one) => isDeepStrictEqual(one, route)));
  template.require(isExact, `subnet ${subnet} must have exactly the routes ${what}, got ${JSON.stringify(found)}`);
  if (isExact) for (const route of routes) template.parts.add(route);
}
