import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type IsolatedVpcProps, isolatedVpc } from './isolated-vpc';
import { vpcEgress } from './vpc-egress';

/** Construction properties for a Network. */
export interface NetworkProps extends IsolatedVpcProps {
  /** @default - a new isolated VPC */
  readonly vpc?: ec2.IVpc;
  /** The resources that may join the VPC to another network. */
  readonly joins: ReadonlySet<CfnResource>;
}

/** An isolated VPC, and the security group of the functions in it. */
export class Network extends Construct {
  public readonly vpc: ec2.IVpc;
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    if (props.vpc) requireIsolated(this, props.vpc, props.joins);
    this.vpc = props.vpc ?? isolatedVpc(this, props);
    // Resources that the app adds after this construct are known only at synthesis.
    this.node.addValidation({
      validate: () => vpcEgress(props.vpc ? "'vpc'" : `the VPC ${this.vpc.node.path}`, this.vpc, props.joins),
    });

    const clients = new ec2.SecurityGroup(this, 'Clients', {
      vpc: this.vpc,
      description: 'What calls the endpoints; nothing calls it',
      allowAllOutbound: false,
    });
    // To any address, because the prefix lists of the S3 and DynamoDB endpoints have a different ID in each Region,
    // known only through a look-up. The subnets' route tables route only to the endpoints.
    clients.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS to the endpoints');
    this.clientSecurityGroup = clients;
  }
}

/** The owner of an existing VPC is responsible for it, but egress that this app itself adds can be found. */
function requireIsolated(scope: Construct, vpc: ec2.IVpc, joins: ReadonlySet<CfnResource>): void {
  const own = Stack.of(scope).region;
  if (vpc.env.region !== own) {
    throw new Error(
      `${scope.node.path}: 'vpc' must be in ${own}, the Region of its stack, because endpoints serve their own Region only, ` +
        `got a VPC in '${vpc.env.region}'; pass a VPC in ${own}`,
    );
  }
  if (vpc.isolatedSubnets.length === 0) {
    throw new Error(
      `${scope.node.path}: 'vpc' must have isolated subnets because functions there must reach only the endpoints, got none; add a ` +
        "subnet configuration of type PRIVATE_ISOLATED, or import the VPC with its 'isolatedSubnetIds'",
    );
  }
  const [problem] = vpcEgress("'vpc'", vpc, joins);
  if (problem !== undefined) throw new Error(`${scope.node.path}: ${problem}`);
}
