import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { EgressHost } from '@/lib/constructs/egress/egress-host';
import { EgressNetwork, type EgressNetworkProps } from '@/lib/constructs/egress/egress-network';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { egressRules } from '@/lib/perimeter/egress-rules';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';

const boundary = ResidencyBoundary.eu();
const IONOS = 'openai.inference.de-txl.ionos.com';
const networkIn = (stack: Stack, props: Partial<EgressNetworkProps> = {}) =>
  new EgressNetwork(stack, 'Egress', { boundary, hosts: [EgressHost.inside(IONOS)], ...props });
const zones = (...letters: string[]) => ({ availabilityZones: letters.map((letter) => `eu-central-1${letter}`) });

describe.each([
  ['one zone', ['a']],
  ['two zones', ['b', 'a']],
  ['three zones', ['c', 'a', 'b']],
])('in %s', (_, letters) => {
  const stack = stackIn('eu-central-1');
  const sorted = [...letters].sort();
  networkIn(stack, zones(...letters));
  const template = Template.fromStack(stack);
  const resources = template.toJSON().Resources;
  const all = (type: string) => Object.entries(template.findResources(type));
  const zoneOf = (subnet: { Ref: string }) => resources[subnet.Ref].Properties.AvailabilityZone;
  const zoneOfTable = (table: unknown) =>
    zoneOf(
      all('AWS::EC2::SubnetRouteTableAssociation').find(
        ([, { Properties }]) => JSON.stringify(Properties.RouteTableId) === JSON.stringify(table),
      )?.[1].Properties.SubnetId,
    );

  test('each zone has a firewall with one subnet, and a NAT gateway', () => {
    const firewalls = all('AWS::NetworkFirewall::Firewall').map(([, { Properties }]) => Properties.SubnetMappings);
    expect(
      firewalls.map((mappings) => mappings.map(({ SubnetId }: { SubnetId: { Ref: string } }) => zoneOf(SubnetId))),
    ).toEqual(sorted.map((letter) => [`eu-central-1${letter}`]));
    expect(all('AWS::EC2::NatGateway').map(([, { Properties }]) => zoneOf(Properties.SubnetId))).toEqual(
      sorted.map((letter) => `eu-central-1${letter}`),
    );
  });

  test('each route, and each return route, targets the firewall or gateway of its own zone', () => {
    const routes = all('AWS::EC2::Route').map(([, { Properties }]) => Properties);
    expect(routes).toHaveLength(4 * letters.length);
    const seen = routes.map(({ RouteTableId, VpcEndpointId, NatGatewayId, GatewayId }) => {
      if (GatewayId !== undefined) return 'internet';
      const target =
        NatGatewayId === undefined
          ? resources[VpcEndpointId['Fn::Select'][1]['Fn::Split'][1]['Fn::Select'][1]['Fn::GetAtt'][0]].Properties
              .SubnetMappings[0].SubnetId
          : resources[NatGatewayId.Ref].Properties.SubnetId;
      return zoneOf(target) === zoneOfTable(RouteTableId) ? 'own zone' : 'another zone';
    });
    expect(seen.filter((one) => one === 'internet')).toHaveLength(letters.length);
    expect(seen.filter((one) => one === 'own zone')).toHaveLength(3 * letters.length);
  });

  test('answers return to the clients of the zone by a route of their range', () => {
    for (const [, { Properties }] of all('AWS::EC2::Route')) {
      if (Properties.DestinationCidrBlock === '0.0.0.0/0') continue;
      const [client] = all('AWS::EC2::Subnet').filter(
        ([, subnet]) => subnet.Properties.CidrBlock === Properties.DestinationCidrBlock,
      );
      expect(client?.[1].Properties.AvailabilityZone).toBe(zoneOfTable(Properties.RouteTableId));
    }
  });

  test('is complete', () => expect(stack.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]));
});

describe('an egress network', () => {
  const stack = stackIn('eu-central-1');
  const network = networkIn(stack);
  const template = Template.fromStack(stack);

  test('has the rules of its hosts, in strict order, and drops the rest', () => {
    template.hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
      RuleGroup: {
        RulesSource: { RulesString: egressRules([IONOS]).join('\n') },
        StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
      },
    });
    template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
      FirewallPolicy: {
        StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER', StreamExceptionPolicy: 'DROP' },
        StatefulDefaultActions: ['aws:drop_strict', 'aws:alert_strict'],
        StatelessFragmentDefaultActions: ['aws:drop'],
      },
    });
  });

  test('resolves the same names only, and fails closed', () => {
    template.hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', { Domains: [IONOS] });
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroup', {
      FirewallRules: [
        Match.objectLike({ Action: 'ALLOW', Qtype: 'A' }),
        Match.objectLike({ Action: 'BLOCK', BlockResponse: 'NODATA' }),
      ],
    });
    template.hasResourceProperties('AWS::Route53Resolver::FirewallConfig', { FirewallFailOpen: 'DISABLED' });
  });

  test('logs flows, alerts and queries under a key, for a finite time', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    template.resourceCountIs('AWS::Logs::ResourcePolicy', 1);
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 180 });
    template.hasResourceProperties('AWS::NetworkFirewall::LoggingConfiguration', {
      LoggingConfiguration: {
        LogDestinationConfigs: [Match.objectLike({ LogType: 'ALERT' }), Match.objectLike({ LogType: 'FLOW' })],
      },
    });
    template.resourceCountIs('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 1);
  });

  test('closes the default security group, and gives clients port 443 only', () => {
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ FromPort: 443, ToPort: 443, IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' })],
      SecurityGroupIngress: Match.absent(),
    });
    expect(network.clientSubnets.map(({ availabilityZone }) => availabilityZone)).toEqual([
      'eu-central-1a',
      'eu-central-1b',
    ]);
  });

  test('has neither IPv6 nor a peering', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toMatch(/Ipv6CidrBlock|EgressOnlyInternetGateway|VPCPeeringConnection/);
  });

  test('is resident', () => ResidencyGuard.of(stack).expectResident());
});

describe('a host outside the boundary', () => {
  const accepted = [EgressHost.accepted('eu.api.openai.com', 'the works council agreed')];

  test('is refused without a reason', () =>
    expect(() => networkIn(stackIn('eu-central-1'), { hosts: [EgressHost.inside('eu.api.openai.com')] })).toThrow(
      "Chat/Egress: 'hosts' is refused because 'eu.api.openai.com' (OpenAI, Europe endpoint) processes data in: Europe = the EEA and " +
        "Switzerland, by the provider's table; remove it, or accept it with EgressHost.accepted('eu.api.openai.com', 'the reason')",
    ));

  test('that is accepted has its reason in the template, and needs an exception of the guard', () => {
    const stack = stackIn('eu-central-1');
    networkIn(stack, { hosts: accepted });
    Template.fromStack(stack).hasResource('AWS::Route53Resolver::FirewallDomainList', {
      Metadata: Match.objectLike({ Accepted: { 'eu.api.openai.com': 'the works council agreed' } }),
    });
    expect(() => ResidencyGuard.of(stack).expectResident()).toThrow(/place-outside[\s\S]*eu\.api\.openai\.com/);
  });

  test.each([
    's3.eu-central-1.amazonaws.com',
    'my-bucket.s3.eu-central-1.amazonaws.com',
    'abc.lambda-url.eu-central-1.on.aws',
    'abc.execute-api.eu-central-1.amazonaws.com',
    'ec2-198-51-100-7.eu-central-1.compute.amazonaws.com',
    'd111111abcdef8.cloudfront.net',
    'bedrock-runtime.eusc-de-east-1.amazonaws.eu',
  ])('of AWS, %s, is refused with and without a reason', (name) => {
    for (const host of [EgressHost.inside(name), EgressHost.accepted(name, 'needed')]) {
      expect(() => networkIn(stackIn('eu-central-1'), { hosts: [host] })).toThrow(
        `'hosts' is refused because '${name}' is a host of AWS, which any customer can have content at; use an endpoint in a VPC for AWS`,
      );
    }
  });

  test.each([
    ['an unknown one without a reason', EgressHost.inside('ai.example.eu'), "the place of 'ai.example.eu' is unknown"],
    ['an empty reason', EgressHost.accepted('eu.api.openai.com', ' '), 'is accepted without a reason; state one'],
    ['a reason that nothing needs', EgressHost.accepted(IONOS, 'safe'), 'is inside the EU and needs no reason'],
    ['a name that is no name', EgressHost.accepted('*.openai.com', 'all'), 'it has a wildcard'],
  ])('is refused with %s', (_, host, message) =>
    expect(() => networkIn(stackIn('eu-central-1'), { hosts: [host] })).toThrow(message),
  );
});

describe('is refused', () => {
  test.each(REFUSED_REGIONS)('in %s', (_, region, found) =>
    expect(() => networkIn(stackIn(region))).toThrow(
      `must be deployed inside the EU because requests leave from there, got ${found}`,
    ),
  );

  test.each<[string, Partial<EgressNetworkProps>, string]>([
    ['without a host', { hosts: [] }, "'hosts' is refused because the list has no name"],
    ['in four zones', zones('a', 'b', 'c', 'd'), 'must be one to three zones of eu-central-1, each once'],
    ['in no zone', zones(), 'got none; use zones such as eu-central-1a, eu-central-1b'],
    ['in a zone twice', zones('a', 'a'), "got 'eu-central-1a, eu-central-1a'"],
    ['in a zone of another Region', { availabilityZones: ['eu-west-1a'] }, "got 'eu-west-1a'"],
    [
      'with a range that is too small',
      { addressRange: '10.98.0.0/24' },
      "from /16 to /23, because each zone has three subnets, got '10.98.0.0/24'",
    ],
    ['with public addresses', { addressRange: '198.51.0.0/16' }, "got '198.51.0.0/16'"],
    [
      'with logs for ever',
      { logRetention: RetentionDays.INFINITE },
      "'logRetention' must be finite because logs hold addresses and names",
    ],
  ])('%s', (_, props, message) => expect(() => networkIn(stackIn('eu-central-1'), props)).toThrow(message));
});
