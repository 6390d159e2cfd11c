import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Destination } from '../../boundary/destination';
import type { Guardrail } from '../../boundary/guardrail';
import { bedrockEndpointPolicy } from '../../perimeter/bedrock-statements';
import {
  dynamodbEndpointPolicy,
  kmsEndpointPolicy,
  lambdaEndpointPolicy,
  s3EndpointPolicy,
} from '../../perimeter/endpoint-policies';
import type { Policy } from '../../perimeter/statement';
import type { EgressAccess } from './egress-access';
import { EndpointService } from './endpoint-service';

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
  /**
   * The egress function that clients may call.
   *
   * @default - none, and no endpoint of Lambda
   */
  readonly egress?: EgressAccess;
  /**
   * The endpoints that the VPC already has. Their owner is responsible for their policies.
   *
   * @default - none
   */
  readonly existing?: readonly EndpointService[];
}

type Interface = [EndpointService, string, ec2.InterfaceVpcEndpointAwsService, Policy];

/** The only egress of the subnets: one endpoint per service in use, each under a policy derived from the boundary. */
export class Endpoints extends Construct {
  public readonly securityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { partition, account, region } = Stack.of(this);
    const here = { partition, account, region };
    const { vpc, clients, destinations = [], guardrails = [], existing = [] } = props;
    const subnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Interface endpoints, reached by the clients only',
      allowAllOutbound: false,
    });
    this.securityGroup.addIngressRule(clients, ec2.Port.tcp(443), 'HTTPS from the clients');

    const { BEDROCK_RUNTIME, KMS, LAMBDA } = ec2.InterfaceVpcEndpointAwsService;
    const bedrock: Interface = [
      EndpointService.BEDROCK,
      'BedrockRuntime',
      BEDROCK_RUNTIME,
      bedrockEndpointPolicy({ ...here, destinations, guardrails }),
    ];
    const called = [...destinations.map(({ sourceRegion }) => sourceRegion), ...guardrails.map((one) => one.region)];
    const interfaces: Interface[] = [
      // Without a model or a guardrail that is called in this Region, its policy could only deny.
      ...(called.includes(region) ? [bedrock] : []),
      [EndpointService.KMS, 'Kms', KMS, kmsEndpointPolicy(here)],
      // With it, code in the VPC could run functions that reach the internet, so it exists for the egress function only.
      ...(props.egress
        ? [[EndpointService.LAMBDA, 'Lambda', LAMBDA, egressEndpointPolicy(this, props.egress)] satisfies Interface]
        : []),
    ];
    const isMissing = ([service]: [EndpointService, ...unknown[]]) => !existing.includes(service);
    for (const [, name, service, policy] of interfaces.filter(isMissing)) {
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
    const gateways: [EndpointService, string, ec2.GatewayVpcEndpointAwsService, Policy][] = [
      [EndpointService.S3, 'S3', ec2.GatewayVpcEndpointAwsService.S3, s3EndpointPolicy(here)],
      [EndpointService.DYNAMODB, 'DynamoDb', ec2.GatewayVpcEndpointAwsService.DYNAMODB, dynamodbEndpointPolicy(here)],
    ];
    for (const [, name, service, policy] of gateways.filter(isMissing)) {
      addPolicy(new ec2.GatewayVpcEndpoint(this, name, { vpc, service, subnets: [subnets] }), policy);
    }
  }
}

const egressEndpointPolicy = (scope: Construct, egress: EgressAccess): Policy =>
  lambdaEndpointPolicy(Stack.of(scope).account, egress.functionArns(scope), [
    Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: `${egress.callers}*` }),
  ]);

function addPolicy(endpoint: ec2.VpcEndpoint, policy: Policy): void {
  for (const statement of policy.Statement) endpoint.addToPolicy(iam.PolicyStatement.fromJson(statement));
}
