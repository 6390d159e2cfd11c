import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** A network whose functions reach its endpoints, and nothing else. */
export interface IsolatedNetwork {
  readonly vpc: ec2.IVpc;
  readonly clientSecurityGroup: ec2.ISecurityGroup;
}

/** Where a function of such a network runs. */
export const inIsolatedSubnets = ({ vpc, clientSecurityGroup }: IsolatedNetwork) => ({
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  securityGroups: [clientSecurityGroup],
});
