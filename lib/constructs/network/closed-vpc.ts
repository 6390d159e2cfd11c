import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What a closed VPC is made of. */
export interface ClosedVpcProps {
  readonly addressRange: string;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/** A VPC of isolated subnets in two zones, without a way to the internet, whose traffic is logged. */
export function closedVpc(scope: Construct, props: ClosedVpcProps): ec2.Vpc {
  const { region } = Stack.of(scope);
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(props.addressRange),
    // Written out, so that the zones are the same whoever synthesizes. A stack with an account still asks for its zones, to
    // compare; one that overrides `availabilityZones`, as FoundationStack does, needs no credentials for it.
    availabilityZones: [`${region}a`, `${region}b`],
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    // Emptying the default group takes a function with rights on security groups. Nothing is ever put in that group,
    // and in it there is no way out either.
    restrictDefaultSecurityGroup: false,
  });
  const logGroup = new logs.LogGroup(scope, 'FlowLogGroup', {
    encryptionKey: props.logKey,
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new iam.Role(scope, 'FlowLogRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
  });
  vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role) });
  return vpc;
}
