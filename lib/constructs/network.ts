import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { waysOut } from './ways-out';

/** Construction properties for a Network. */
export interface NetworkProps {
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly vpc?: ec2.IVpc;
}

/** A VPC without a way to the internet, and the security group of what runs in it. */
export class Network extends Construct {
  public readonly vpc: ec2.IVpc;
  public readonly clientSecurityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    if (props.vpc) requireClosed(this, props.vpc);
    this.vpc = props.vpc ?? this.closedVpc(props);
    // What the app adds after this construct is known at synthesis only.
    this.node.addValidation({
      validate: () => waysOut(props.vpc ? "'vpc'" : `the VPC ${this.vpc.node.path}`, this.vpc),
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

  private closedVpc(props: NetworkProps): ec2.Vpc {
    const { region } = Stack.of(this);
    const vpc = new ec2.Vpc(this, 'Vpc', {
      // Written out, so that the zones are the same whoever synthesizes. A stack with an account still asks for its zones, to
      // compare; one that overrides `availabilityZones`, as FoundationStack does, needs no credentials for it.
      availabilityZones: [`${region}a`, `${region}b`],
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      // Emptying the default group takes a function with rights on security groups. Nothing is ever put in that group,
      // and in it there is no way out either.
      restrictDefaultSecurityGroup: false,
    });
    const logGroup = new logs.LogGroup(this, 'FlowLogGroup', {
      encryptionKey: props.logKey,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new iam.Role(this, 'FlowLogRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role) });
    return vpc;
  }
}

/** A given VPC is its owner's responsibility, but what this app itself opens in it can be seen. */
function requireClosed(scope: Construct, vpc: ec2.IVpc): void {
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
  const [problem] = waysOut("'vpc'", vpc);
  if (problem !== undefined) throw new Error(`${scope.node.path}: ${problem}`);
}
