import {
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import type { Aws } from '../harness/aws';

const STACK = 'own-network';

const subnet = (zone: string, range: string) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: range, AvailabilityZone: zone },
});
const association = (name: string) => ({
  Type: 'AWS::EC2::SubnetRouteTableAssociation',
  Properties: { SubnetId: { Ref: name }, RouteTableId: { Ref: 'Table' } },
});
/** A gateway endpoint as its owner creates it, with the policy that EC2 sets by default. */
const endpoint = (service: string, region: string) => ({
  Type: 'AWS::EC2::VPCEndpoint',
  Properties: {
    VpcId: { Ref: 'Vpc' },
    VpcEndpointType: 'Gateway',
    ServiceName: `com.amazonaws.${region}.${service}`,
    RouteTableIds: [{ Ref: 'Table' }],
    PolicyDocument: {
      Version: '2008-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    },
  },
});

/** A network that was there before the deployment. */
export interface OwnNetwork {
  readonly vpc: string;
  /** `network:` of `residency.yaml`, without the endpoints. */
  readonly yaml: string;
}

/** Creates the network of an owner: a VPC with two isolated subnets, and with endpoints of S3 and DynamoDB. */
export async function ownNetwork({ cloudFormation, region }: Aws): Promise<OwnNetwork> {
  const [a, b] = [`${region}a`, `${region}b`];
  const template = {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.40.0.0/20', EnableDnsHostnames: true } },
      Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
      First: subnet(a, '10.40.0.0/24'),
      Second: subnet(b, '10.40.1.0/24'),
      FirstTable: association('First'),
      SecondTable: association('Second'),
      S3: endpoint('s3', region),
      DynamoDb: endpoint('dynamodb', region),
    },
    Outputs: Object.fromEntries(['Vpc', 'Table', 'First', 'Second'].map((name) => [name, { Value: { Ref: name } }])),
  };
  await cloudFormation.send(new CreateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName: STACK });
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
  const of = (name: string) => Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? '';
  const yaml = `network:
  vpc:
    id: ${of('Vpc')}
    cidr: 10.40.0.0/20
    availabilityZones: [${a}, ${b}]
    isolatedSubnetIds: [${of('First')}, ${of('Second')}]
    routeTableIds: [${of('Table')}, ${of('Table')}]
`;
  return { vpc: of('Vpc'), yaml };
}
