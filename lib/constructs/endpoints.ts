import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Destination } from '../boundary/destination';
import { bedrockEndpointPolicy } from '../perimeter/bedrock-statements';
import {
  dynamodbEndpointPolicy,
  kmsEndpointPolicy,
  logsEndpointPolicy,
  s3EndpointPolicy,
} from '../perimeter/endpoint-policies';
import type { Policy } from '../perimeter/statement';

/** Construction properties for Endpoints. */
export interface EndpointsProps {
  readonly vpc: ec2.IVpc;
  readonly clients: ec2.ISecurityGroup;
  readonly destinations: readonly Destination[];
}

/** The only ways out of the subnets: one endpoint for each service that is used, under a policy derived from the boundary. */
export class Endpoints extends Construct {
  public readonly securityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { partition, account, region } = Stack.of(this);
    const here = { partition, account, region };
    const { vpc, clients, destinations } = props;
    const subnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Interface endpoints, reached by the clients only',
      allowAllOutbound: false,
    });
    this.securityGroup.addIngressRule(clients, ec2.Port.tcp(443), 'HTTPS from the clients');

    const interfaces: [string, ec2.InterfaceVpcEndpointAwsService, Policy][] = [
      [
        'BedrockRuntime',
        ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
        bedrockEndpointPolicy({ ...here, destinations }),
      ],
      ['Kms', ec2.InterfaceVpcEndpointAwsService.KMS, kmsEndpointPolicy(here)],
      ['Logs', ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, logsEndpointPolicy(here)],
    ];
    for (const [name, service, policy] of interfaces) {
      addPolicy(
        new ec2.InterfaceVpcEndpoint(this, name, {
          vpc,
          service,
          subnets,
          securityGroups: [this.securityGroup],
          open: false,
          privateDnsEnabled: true,
        }),
        policy,
      );
    }
    const gateways: [string, ec2.GatewayVpcEndpointAwsService, Policy][] = [
      ['S3', ec2.GatewayVpcEndpointAwsService.S3, s3EndpointPolicy(here)],
      ['DynamoDb', ec2.GatewayVpcEndpointAwsService.DYNAMODB, dynamodbEndpointPolicy(here)],
    ];
    for (const [name, service, policy] of gateways) {
      addPolicy(new ec2.GatewayVpcEndpoint(this, name, { vpc, service, subnets: [subnets] }), policy);
    }
  }
}

function addPolicy(endpoint: ec2.VpcEndpoint, policy: Policy): void {
  for (const statement of policy.Statement) endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));
}
