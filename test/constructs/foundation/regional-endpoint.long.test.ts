import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { App, ReferenceStrength, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { FoundationProps } from '@/lib/constructs/foundation/foundation-props';
import { RegionalEndpoint, type RegionalEndpointProps } from '@/lib/constructs/foundation/regional-endpoint';
import { RegionalRoutes } from '@/lib/constructs/foundation/regional-routes';
import { EU, NOVA } from '../../support/deployment';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { nagFindings } from '../../support/nag';

const GPT_OSS = 'openai.gpt-oss-120b-1:0';
const alerts = Alerts.to('security@example.eu');
const models = [
  { id: 'assistant', destinations: [{ id: `eu.${NOVA}` }, { id: GPT_OSS, region: 'eu-north-1' }] },
  { id: 'fast', destinations: [{ id: `eu.${NOVA}`, region: 'eu-west-3' }] },
];

type Properties = ReturnType<Template['findResources']>[string];

function foundationIn(app: App, props: Partial<FoundationProps> = {}): Foundation {
  return new Foundation(stackIn('eu-central-1', 'Base', app), 'Shared', { boundary: EU, alerts, models, ...props });
}

function endpointIn(
  foundation: Foundation,
  region: string | undefined,
  props: Partial<RegionalEndpointProps> = {},
): RegionalEndpoint {
  const stack = stackIn(region, `Far-${region}`, foundation.node.root as App);
  return new RegionalEndpoint(stack, 'Bedrock', { boundary: EU, foundation, ...props });
}

/** A foundation with an endpoint in each Region in which its models are called, and routes to them. */
function joined(props: Partial<FoundationProps> = {}) {
  const app = new App();
  const foundation = foundationIn(app, props);
  const endpoints = ['eu-north-1', 'eu-west-3'].map((region) => endpointIn(foundation, region));
  const stack = stackIn('eu-central-1', 'Routes', app);
  new RegionalRoutes(stack, 'Routes', { foundation, endpoints });
  return { app, foundation, endpoints, stack };
}

const { app, foundation, endpoints, stack } = joined();
const [stockholm, paris] = endpoints as [RegionalEndpoint, RegionalEndpoint];
const [far, farther, routes] = [Stack.of(stockholm), Stack.of(paris), stack].map((one) => Template.fromStack(one)) as [
  Template,
  Template,
  Template,
];
const only = (template: Template, type: string): Properties => {
  const [first, ...rest] = Object.values(template.findResources(type));
  if (first === undefined || rest.length > 0) throw new Error(`not one ${type}`);
  return first.Properties;
};

/** The resource in another stack from which a value is read. */
const readFrom = (value: Properties) => {
  const { StackName, Region, OutputName } = value['Fn::GetStackOutput'];
  const [producer] = app.synth().stacks.filter((one) => one.stackName === StackName);
  return { region: Region, value: producer?.template.Outputs[OutputName].Value };
};

test.each(REFUSED_REGIONS)('an endpoint in %s is refused', (_, region, found) => {
  expect(() => endpointIn(foundationIn(new App()), region)).toThrow(
    `Far-${region}/Bedrock must be deployed inside the EU because requests are processed there, got ${found}`,
  );
});

test('AwsSolutions finds nothing', () => {
  expect([stockholm, paris].flatMap((one) => nagFindings(Stack.of(one)))).toEqual([]);
});

test('the stacks have no functions, not even to pass values', () => {
  for (const template of [far, farther, routes]) {
    expect(template.findResources('AWS::Lambda::Function')).toEqual({});
    expect(JSON.stringify(template.toJSON())).not.toMatch(/Custom::|AWS::SSM::Parameter"/);
  }
});

describe('the network', () => {
  test.each(['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::VPNGateway'])('has no %s', (type) => {
    far.resourceCountIs(type, 0);
  });

  test('routes only to the foundation’s network', () => {
    const destinations = Object.values(far.findResources('AWS::EC2::Route')).map(({ Properties }) => Properties);
    expect(destinations.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual([
      '10.0.0.0/16',
      '10.0.0.0/16',
    ]);
    const peering = Object.keys(far.findResources('AWS::EC2::VPCPeeringConnection'))[0];
    expect(destinations.map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId.Ref)).toEqual([peering, peering]);
  });

  test('has its own range', () => {
    expect([stockholm, paris].map(({ addressRange }) => addressRange)).toEqual(['10.1.1.0/24', '10.1.5.0/24']);
    expect(only(far, 'AWS::EC2::VPC').CidrBlock).toBe('10.1.1.0/24');
  });

  test('logs its traffic under a key for half a year', () => {
    far.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL' });
    expect(only(far, 'AWS::Logs::LogGroup')).toMatchObject({ KmsKeyId: expect.anything(), RetentionInDays: 180 });
  });
});

describe('the peering', () => {
  const peering = only(far, 'AWS::EC2::VPCPeeringConnection');

  test('is with the VPC of the foundation, in its Region and account', () => {
    expect(peering).toMatchObject({ PeerRegion: 'eu-central-1' });
    expect(peering.PeerOwnerId ?? peering.PeerRoleArn).toBeUndefined();
    const vpc = Object.keys(Template.fromStack(Stack.of(foundation)).findResources('AWS::EC2::VPC'))[0];
    expect(readFrom(peering.PeerVpcId)).toEqual({ region: 'eu-central-1', value: { Ref: vpc } });
  });

  test('has a route from each of the foundation’s subnets', () => {
    const all = Object.values(routes.findResources('AWS::EC2::Route')).map(({ Properties }) => Properties);
    expect(all.map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual([
      '10.1.1.0/24',
      '10.1.1.0/24',
      '10.1.5.0/24',
      '10.1.5.0/24',
    ]);
    expect(new Set(all.map(({ RouteTableId }) => JSON.stringify(RouteTableId))).size).toBe(2);
    const id = Object.keys(far.findResources('AWS::EC2::VPCPeeringConnection'))[0];
    expect(readFrom(all[0]?.VpcPeeringConnectionId)).toEqual({ region: 'eu-north-1', value: { Ref: id } });
  });
});

describe('the endpoint', () => {
  const endpoint = only(far, 'AWS::EC2::VPCEndpoint');

  test('is bedrock-runtime’s in its Region, and the only one', () => {
    expect(endpoint.ServiceName).toBe('com.amazonaws.eu-north-1.bedrock-runtime');
  });

  test('allows this account to call only the destinations in its Region', () => {
    const [statement, ...others] = endpoint.PolicyDocument.Statement;
    expect(JSON.stringify(statement.Resource)).toContain(`:bedrock:eu-north-1::foundation-model/${GPT_OSS}`);
    expect(statement.Condition).toEqual({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } });
    expect(others).toEqual([]);
    expect(JSON.stringify(only(farther, 'AWS::EC2::VPCEndpoint').PolicyDocument)).not.toContain(GPT_OSS);
  });

  test('accepts only the foundation’s network over HTTPS, and has no egress', () => {
    const group = only(far, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress).toMatchObject([
      { CidrIp: '10.0.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    ]);
    expect(group.SecurityGroupEgress).toMatchObject([{ CidrIp: '255.255.255.255/32' }]);
  });

  test('resolves the service’s own name, only in the foundation’s network', () => {
    const zone = only(far, 'AWS::Route53::HostedZone');
    expect(endpoint.PrivateDnsEnabled).toBe(false);
    expect(zone.Name).toBe('bedrock-runtime.eu-north-1.amazonaws.com');
    expect(zone.VPCs).toEqual([{ VPCId: expect.anything(), VPCRegion: 'eu-central-1' }]);
    expect(zone.VPCs[0].VPCId).toEqual(only(far, 'AWS::EC2::VPCPeeringConnection').PeerVpcId);
    const record = only(far, 'AWS::Route53::RecordSet');
    expect(record).toMatchObject({ Name: 'bedrock-runtime.eu-north-1.amazonaws.com.', Type: 'A' });
    expect(JSON.stringify(record.AliasTarget.DNSName)).toContain('"DnsEntries"');
  });
});

describe('the settings of Bedrock', () => {
  test.each(['BedrockRetention', 'DestinationCheck'])('%s covers each Region that is called', (name) => {
    const roles = Template.fromStack(Stack.of(foundation)).findResources('AWS::IAM::Role');
    const [role] = Object.entries(roles).filter(([id]) => id.startsWith(`Shared${name}Provider`));
    const text = JSON.stringify(role);
    for (const region of ['eu-central-1', 'eu-north-1', 'eu-west-3']) expect(text).toContain(`"${region}"`);
  });

  test('each profile is checked in its source Region', () => {
    const text = JSON.stringify(Template.fromStack(Stack.of(foundation)).findResources('AWS::IAM::Role'));
    expect(text).toContain(`:bedrock:eu-west-3:111122223333:inference-profile/eu.${NOVA}`);
  });
});

describe('ranges', () => {
  test('can be set', () => {
    const base = foundationIn(new App(), { addressRange: '10.20.0.0/20' });
    const endpoint = endpointIn(base, 'eu-north-1', { addressRange: '10.20.16.0/26' });
    expect(endpoint.addressRange).toBe('10.20.16.0/26');
    const routes = Object.values(Stack.of(endpoint).node.findAll()).filter((one) => one instanceof ec2.CfnRoute);
    expect(routes.map(({ destinationCidrBlock }) => destinationCidrBlock)).toEqual(['10.20.0.0/20', '10.20.0.0/20']);
  });

  test.each([
    ['that is malformed', '10.0.0.0/8', "'addressRange' must be a range of private IPv4 addresses from /16 to /26"],
    [
      'of the foundation',
      '10.0.1.0/24',
      "got '10.0.1.0/24', which overlaps that of Base/Shared, 10.0.0.0/16; choose a range next to it",
    ],
    [
      'of another endpoint',
      '10.1.5.128/25',
      "got '10.1.5.128/25', which overlaps the range of the endpoint in eu-west-3, 10.1.5.0/24; choose a range next to it",
    ],
  ])('one %s is refused', (_, addressRange, message) => {
    const base = foundationIn(new App());
    endpointIn(base, 'eu-west-3');
    expect(() => endpointIn(base, 'eu-north-1', { addressRange })).toThrow(message);
  });

  test('a foundation’s own malformed range is refused', () => {
    expect(() => foundationIn(new App(), { addressRange: '8.8.0.0/16' })).toThrow(
      "Base/Shared: 'addressRange' must be a range of private IPv4 addresses from /16 to /26, such as 10.0.16.0/24, got '8.8.0.0/16'",
    );
  });
});

describe('a foundation’s existing VPC', () => {
  const subnets = {
    isolatedSubnetIds: ['subnet-1', 'subnet-2'],
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-1'],
  };
  const imported = (more: Partial<ec2.VpcAttributes>) => {
    const app = new App();
    const stack = stackIn('eu-central-1', 'Base', app);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Own', { vpcId: 'vpc-1', ...subnets, ...more });
    return (props: Partial<FoundationProps> = {}) =>
      new Foundation(stack, 'Shared', { boundary: EU, alerts, models, vpc, ...props });
  };

  test('can be imported with its range', () => {
    const base = imported({ vpcCidrBlock: '10.1.0.0/16' })();
    const endpoint = endpointIn(base, 'eu-north-1');
    expect(endpoint.addressRange).toBe('172.28.1.0/24');
    const stack = stackIn('eu-central-1', 'Routes', base.node.root as App);
    new RegionalRoutes(stack, 'Routes', { foundation: base, endpoints: [endpoint, endpointIn(base, 'eu-west-3')] });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::Route', 2);
    expect(only(Template.fromStack(Stack.of(endpoint)), 'AWS::EC2::VPCPeeringConnection').PeerVpcId).toBe('vpc-1');
  });

  test('can be defined in the same app', () => {
    const stack = stackIn('eu-central-1', 'Base', new App());
    const vpc = new ec2.Vpc(stack, 'Own', {
      ipAddresses: ec2.IpAddresses.cidr('10.30.0.0/16'),
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const base = new Foundation(stack, 'Shared', { boundary: EU, alerts, models, vpc });
    const far = Stack.of(endpointIn(base, 'eu-north-1'));
    const [route] = far.node.findAll().filter((one) => one instanceof ec2.CfnRoute);
    expect(route?.destinationCidrBlock).toBe('10.30.0.0/16');
  });

  test('without a known range is refused', () => {
    const base = imported({})();
    expect(() => endpointIn(base, 'eu-north-1')).toThrow(
      "Far-eu-north-1/Bedrock: the range of the 'vpc' of Base/Shared must be known because routes need it, got a VPC without a range; set the foundation's 'addressRange'",
    );
    expect(endpointIn(imported({})({ addressRange: '10.40.0.0/16' }), 'eu-north-1').addressRange).toBe('10.1.1.0/24');
  });
});

describe('an incomplete set-up is refused:', () => {
  test('a destination in a Region without an endpoint', () => {
    const app = new App();
    const base = foundationIn(app);
    const endpoint = endpointIn(base, 'eu-north-1');
    new RegionalRoutes(stackIn('eu-central-1', 'Routes', app), 'Routes', { foundation: base, endpoints: [endpoint] });
    expect(() => app.synth()).toThrow(
      "a destination is called in eu-west-3, but the network of Base/Shared has no route to it; add a RegionalEndpoint in a stack in eu-west-3, with RegionalRoutes to it, or call the destination in the foundation's own Region",
    );
  });

  test('an endpoint without routes', () => {
    const app = new App();
    const base = foundationIn(app);
    endpointIn(base, 'eu-north-1');
    endpointIn(base, 'eu-west-3');
    expect(() => app.synth()).toThrow(
      'a destination is called in eu-north-1, but the network of Base/Shared has no route to it because its RegionalEndpoint has no routes; add it to RegionalRoutes',
    );
  });

  test.each([
    ['without a destination', 'eu-west-1', "one of eu-north-1, eu-west-3, got 'eu-west-1'"],
    ['of the foundation', 'eu-central-1', "one of eu-north-1, eu-west-3, got 'eu-central-1'"],
  ])('an endpoint in a Region %s', (_, region, found) => {
    expect(() => endpointIn(foundationIn(new App()), region)).toThrow(
      `Far-${region}/Bedrock: the stack must be in another Region in which a model of Base/Shared is called, ${found}`,
    );
  });

  test('an endpoint if every model is called in the foundation’s Region', () => {
    const base = foundationIn(new App(), { models: [{ id: 'fast', destinations: [{ id: `eu.${NOVA}` }] }] });
    expect(() => endpointIn(base, 'eu-north-1')).toThrow("but there is none, got 'eu-north-1'");
  });

  test('a second endpoint in a Region', () => {
    const base = foundationIn(new App());
    const first = endpointIn(base, 'eu-north-1');
    expect(() => new RegionalEndpoint(Stack.of(first), 'Again', { boundary: EU, foundation: base })).toThrow(
      'Far-eu-north-1/Again: Base/Shared must have one endpoint per Region because the host name can resolve to one only, got a second in eu-north-1',
    );
  });

  test.each([
    ['another account', '444455556666', "'444455556666'"],
    ['no account', undefined, 'an account that is unknown until deployment'],
  ])('an endpoint in %s', (_, account, found) => {
    const app = new App();
    const base = foundationIn(app);
    const stack = new Stack(app, 'Far', { env: { account, region: 'eu-north-1' } });
    expect(() => new RegionalEndpoint(stack, 'Bedrock', { boundary: EU, foundation: base })).toThrow(
      `Far/Bedrock: the stack must be in the account of Base/Shared, because another account would have to accept the peering, got ${found}`,
    );
  });

  test('routes in the foundation’s own stack, or in another Region', () => {
    const app = new App();
    const base = foundationIn(app);
    expect(() => new RegionalRoutes(Stack.of(base), 'Routes', { foundation: base, endpoints: [] })).toThrow(
      'Base/Routes must be in another stack than Base, in eu-central-1, because the endpoints are deployed between the two, got the same stack',
    );
    expect(
      () => new RegionalRoutes(stackIn('eu-north-1', 'R', app), 'Routes', { foundation: base, endpoints: [] }),
    ).toThrow("got a stack in 'eu-north-1'");
  });

  test('routes to the endpoint of another foundation', () => {
    const { endpoints, app } = joined();
    const other = new Foundation(stackIn('eu-central-1', 'Other', app), 'Shared', { boundary: EU, alerts, models });
    const stack = stackIn('eu-central-1', 'OtherRoutes', app);
    expect(() => new RegionalRoutes(stack, 'Routes', { foundation: other, endpoints })).toThrow(
      "OtherRoutes/Routes: 'endpoints' must belong to Other/Shared because only its network is peered with theirs, got Far-eu-north-1/Bedrock of Base/Shared",
    );
  });
});

describe('no other resource joins the networks', () => {
  test.each<[string, (made: ReturnType<typeof joined>, vpcId: string) => void]>([
    [
      'the foundation’s',
      ({ foundation, stack }, peerVpcId) => {
        const vpcId = Stack.consumeReference(foundation.vpc.vpcId, ReferenceStrength.WEAK);
        new ec2.CfnVPCPeeringConnection(stack, 'Other', { vpcId, peerVpcId });
      },
    ],
    [
      'the endpoint’s',
      ({ endpoints: [first] }, peerVpcId) => {
        const { vpc } = first as RegionalEndpoint;
        new ec2.CfnVPCPeeringConnection(Stack.of(vpc), 'Other', { vpcId: vpc.vpcId, peerVpcId });
      },
    ],
    [
      'the endpoint’s, by a route',
      ({ endpoints: [first] }) => {
        const { vpc } = first as RegionalEndpoint;
        const [subnet] = vpc.isolatedSubnets;
        new ec2.CfnRoute(Stack.of(vpc), 'Other', {
          routeTableId: subnet?.routeTable.routeTableId ?? '',
          destinationCidrBlock: '0.0.0.0/0',
          transitGatewayId: 'tgw-1',
        });
      },
    ],
  ])('%s with another', (_, join) => {
    const made = joined();
    join(made, 'vpc-elsewhere');
    expect(() => made.app.synth()).toThrow(
      /must have no egress but its endpoints because content could leave through it, got AWS::EC2::\w+ at \S+\/Other/,
    );
  });
});
