import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type ClosedVpcProps, closedVpc } from './closed-vpc';
import { waysOut } from './ways-out';

/** Construction properties for a Network. */
export interface NetworkProps extends ClosedVpcProps {
  readonly vpc?: ec2.IVpc;
  /** What may join the VPC to another all the same. */
  readonly joins: ReadonlySet<CfnResource>;
}

/** A VPC without a way to the internet, and the security group of what runs in it. */
export class Network extends Construct {
  public readonly vpc: ec2.IVpc;
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    if (props.vpc) requireClosed(this, props.vpc, props.joins);
    this.vpc = props.vpc ?? closedVpc(this, props);
    // What the app adds after this construct is known at synthesis only.
    this.node.addValidation({
      validate: () => waysOut(props.vpc ? "'vpc'" : `the VPC ${this.vpc.node.path}`, this.vpc, props.joins),
    });

    const clients = new ec2.SecurityGroup(this, 'Clients', {
      vpc: this.vpc,
      description: 'What calls the endpoints; nothing calls it',
      allowAllOutbound: false,
    });
    // To any address, because the prefix lists of the S3 and DynamoDB endpoints have another id in each Region, known
    // only by a look-up. The subnets' route tables lead nowhere but to the endpoints.
    clients.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS to the endpoints');
    this.clientSecurityGroup = clients;
  }
}

/** A given VPC is its owner's responsibility, but what this app itself opens in it can be seen. */
function requireClosed(scope: Construct, vpc: ec2.IVpc, joins: ReadonlySet<CfnResource>): void {
  const own = Stack.of(scope).region;
  if (vpc.env.region !== own) {
    throw new Error(
      `${scope.node.path}: 'vpc' must be in ${own}, the Region of its stack, because endpoints serve their own Region only, ` +
        `got one in '${vpc.env.region}'; give a VPC of ${own}`,
    );
  }
  if (vpc.isolatedSubnets.length === 0) {
    throw new Error(
      `${scope.node.path}: 'vpc' must have isolated subnets, because what runs there must reach nothing but the endpoints, ` +
        "got none; add a subnet configuration of type PRIVATE_ISOLATED, or import it with its 'isolatedSubnetIds'",
    );
  }
  const [problem] = waysOut("'vpc'", vpc, joins);
  if (problem !== undefined) throw new Error(`${scope.node.path}: ${problem}`);
}
