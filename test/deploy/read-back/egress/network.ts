import assert from 'node:assert/strict';
import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import { ZONES } from '../../harness/egress-config';
import { jsonCall } from '../../harness/json-call';
import { type Context, EGRESS } from '../context';

interface Described {
  readonly Firewall: { readonly FirewallPolicyArn: string; readonly VpcId: string };
  readonly FirewallStatus: {
    readonly SyncStates: Readonly<Record<string, { readonly Attachment: { EndpointId: string; SubnetId: string } }>>;
  };
}

/** A VPC of its own: in each zone, both directions of a connection pass the zone's own firewall. */
export async function egressNetwork({ report, aws, deployed }: Context): Promise<void> {
  const vpc = deployed.one('AWS::EC2::VPC', EGRESS).physicalId;
  const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({}));
  const { RouteTables = [] } = await aws.ec2.send(new DescribeRouteTablesCommand({}));
  const { NatGateways = [] } = await aws.ec2.send(new DescribeNatGatewaysCommand({}));
  const { InternetGateways = [] } = await aws.ec2.send(new DescribeInternetGatewaysCommand({}));
  const own = Subnets.filter(({ VpcId }) => VpcId === vpc);
  const clients = deployed.ofType('AWS::EC2::Subnet').filter(({ path }) => path.includes('/Vpc/ClientSubnet'));
  const firewalls = await Promise.all(
    deployed
      .ofType('AWS::NetworkFirewall::Firewall')
      .map(({ physicalId }) =>
        jsonCall<Described>(aws, 'network-firewall', 'DescribeFirewall', { FirewallArn: physicalId }),
      ),
  );
  const tableOf = (subnet: string | undefined): RouteTable | undefined =>
    RouteTables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet));

  await report.check(
    'the VPC has a client, a firewall and a NAT subnet in each zone, and no other network',
    async () => {
      const zones = own.map(({ AvailabilityZone }) => AvailabilityZone).sort();
      assert.deepEqual(
        zones,
        ZONES.flatMap((zone) => [zone, zone, zone]),
      );
      assert.deepEqual(
        own.filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch),
        [],
      );
      const { VpcPeeringConnections } = await aws.ec2.send(new DescribeVpcPeeringConnectionsCommand({}));
      assert.deepEqual(VpcPeeringConnections, []);
      const { Vpcs = [] } = await aws.ec2.send(new DescribeVpcsCommand({ VpcIds: [vpc] }));
      return `${Vpcs[0]?.CidrBlock}`;
    },
  );
  await report.check("each zone's routes lead to its own firewall, NAT gateway and back, and nowhere else", () => {
    const internet = InternetGateways.find(({ Attachments }) => Attachments?.some(({ VpcId }) => VpcId === vpc));
    for (const zone of ZONES) {
      const states = firewalls.flatMap(({ FirewallStatus }) => Object.entries(FirewallStatus.SyncStates));
      const [[, { Attachment: firewall }] = assert.fail(`no firewall in ${zone}`), ...others] = states.filter(
        ([name]) => name === zone,
      );
      assert.deepEqual(others, []);
      const client = own.find(
        (one) => one.AvailabilityZone === zone && clients.some(({ physicalId }) => physicalId === one.SubnetId),
      );
      const nat = NatGateways.find(({ SubnetId, State }) => {
        const subnet = own.find((one) => one.SubnetId === SubnetId);
        return State !== 'deleted' && subnet?.AvailabilityZone === zone;
      });
      const routes = (subnet: string | undefined) =>
        tableOf(subnet)
          ?.Routes?.filter(({ GatewayId }) => GatewayId !== 'local')
          .map((one) => `${one.DestinationCidrBlock} ${one.GatewayId ?? one.NatGatewayId}`)
          .sort();
      assert.deepEqual(routes(client?.SubnetId), [`0.0.0.0/0 ${firewall.EndpointId}`], `client of ${zone}`);
      assert.deepEqual(routes(firewall.SubnetId), [`0.0.0.0/0 ${nat?.NatGatewayId}`], `firewall of ${zone}`);
      const back = [`0.0.0.0/0 ${internet?.InternetGatewayId}`, `${client?.CidrBlock} ${firewall.EndpointId}`].sort();
      assert.deepEqual(routes(nat?.SubnetId), back, `NAT gateway of ${zone}`);
    }
    return ZONES.join(', ');
  });
  await report.check('each NAT gateway has an address, and the stack outputs all of them', async () => {
    const { Addresses = [] } = await aws.ec2.send(new DescribeAddressesCommand({}));
    const used = Addresses.filter(({ AssociationId }) => AssociationId !== undefined).map(({ PublicIp }) => PublicIp);
    const expected = deployed.ofType('AWS::EC2::EIP').map(({ physicalId }) => physicalId);
    assert.deepEqual(used.sort(), [...expected].sort());
    assert.equal(expected.length, ZONES.length);
    return expected.join(', ');
  });
  await report.check('clients send to port 443 only, and the default security group has no rule', async () => {
    const { SecurityGroups = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand({}));
    const of = (id: string) => SecurityGroups.find(({ GroupId }) => GroupId === id);
    const group = of(deployed.one('AWS::EC2::SecurityGroup', `${EGRESS}/Network/Clients`).physicalId);
    assert.deepEqual(group?.IpPermissions, []);
    assert.deepEqual(
      group?.IpPermissionsEgress?.map(({ IpProtocol, FromPort, ToPort }) => [IpProtocol, FromPort, ToPort]),
      [['tcp', 443, 443]],
    );
    const byDefault = SecurityGroups.find(({ VpcId, GroupName }) => VpcId === vpc && GroupName === 'default');
    assert.deepEqual([byDefault?.IpPermissions, byDefault?.IpPermissionsEgress], [[], []]);
  });
  await report.check('its only endpoints are those of the firewalls, and of Secrets Manager', async () => {
    const { VpcEndpoints = [] } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
    const found = VpcEndpoints.filter(({ VpcId }) => VpcId === vpc).map(({ VpcEndpointType, ServiceName }) =>
      VpcEndpointType === 'GatewayLoadBalancer' ? 'firewall' : ServiceName,
    );
    assert.deepEqual(found.sort(), ['com.amazonaws.eu-central-1.secretsmanager', ...ZONES.map(() => 'firewall')]);
  });
}
