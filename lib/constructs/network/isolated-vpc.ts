import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RETAINED_ONCE_CREATED } from '../shared/removal';
import { requireZones } from './zones';

/** The properties of an isolated VPC. */
export interface IsolatedVpcProps {
  readonly addressRange: string;
  /** @default - zones a and b of the Region */
  readonly availabilityZones?: string[];
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/** Creates a VPC of isolated subnets, one in each zone, without a route to the internet. Its traffic is logged. */
export function isolatedVpc(scope: Construct, props: IsolatedVpcProps): ec2.Vpc {
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(props.addressRange),
    // Explicit, so that the zones are the same on every machine. A stack with an account still looks up its zones, to
    // compare. One that overrides `availabilityZones`, as FoundationStack does, needs no credentials for it.
    availabilityZones: requireZones(scope, props.availabilityZones),
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    // Emptying the default security group takes a function with permissions on security groups. No resource is ever in
    // that group, and the subnets have no egress either.
    restrictDefaultSecurityGroup: false,
  });
  const logGroup = new logs.LogGroup(scope, 'FlowLogGroup', {
    encryptionKey: props.logKey,
    retention: props.logRetention,
    removalPolicy: RETAINED_ONCE_CREATED,
  });
  const { account } = Stack.of(scope);
  const role = new iam.Role(scope, 'FlowLogRole', {
    // As AWS recommends (docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html).
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: {
          'aws:SourceArn': Stack.of(scope).formatArn({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*' }),
        },
      },
    }),
  });
  const flowLog = vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role) });
  // Its first records are lost unless the role may write them by then.
  flowLog.node.addDependency(role);
  return vpc;
}
