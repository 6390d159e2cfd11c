import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Destination } from '../../boundary/destination';
import type { Guardrail } from '../../boundary/guardrail';
import { bedrockEndpointPolicy } from '../../perimeter/bedrock-statements';
import { dynamodbEndpointPolicy, kmsEndpointPolicy, s3EndpointPolicy } from '../../perimeter/endpoint-policies';
import type { Policy } from '../../perimeter/statement';

/** Construction properties for Endpoints. */
export interface EndpointsProps {
  readonly vpc: ec2.IVpc;
  readonly clients: ec2.ISecurityGroup;
  /**
   * The destinations in Bedrock.
   *
   * @default - none: there are only endpoints for stores and keys
   */
  readonly destinations?: readonly Destination[];
  /** @default - none */
  readonly guardrails?: readonly Guardrail[];
}

type Interface = [string, ec2.InterfaceVpcEndpointAwsService, Policy];

/** The only egress of the subnets: one endpoint per service in use, each under a policy derived from the boundary. */
export class Endpoints extends Construct {
  public readonly securityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { partition, account, region } = Stack.of(this);
    const here = { partition, account, region };
    const { vpc, clients, destinations = [], guardrails } = props;
    const subnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Interface endpoints, reached by the clients only',
      allowAllOutbound: false,
    });
    this.securityGroup.addIngressRule(clients, ec2.Port.tcp(443), 'HTTPS from the clients');

    const { BEDROCK_RUNTIME, KMS } = ec2.InterfaceVpcEndpointAwsService;
    const own = destinations.filter(({ sourceRegion }) => sourceRegion === region);
    const interfaces: Interface[] = [
      // Without a destination that is called in this Region, its policy could only deny.
      ...(own.length === 0
        ? []
        : [['BedrockRuntime', BEDROCK_RUNTIME, bedrockEndpointPolicy({ ...here, destinations, guardrails })] satisfies Interface]),
      ['Kms', KMS, kmsEndpointPolicy(here)],
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
