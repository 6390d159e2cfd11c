import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { findRegion } from '../../facts/region';
import type { EndpointForm } from '../../perimeter/egress-form/endpoint';
import { secretsEndpointPolicy } from '../../perimeter/endpoint-policies';

/** Construction properties for a SecretsEndpoint. */
export interface SecretsEndpointProps {
  readonly vpc: ec2.Vpc;
  readonly subnets: readonly ec2.ISubnet[];
  readonly clients: ec2.ISecurityGroup;
  readonly secrets: readonly ISecret[];
}

/**
 * The endpoint of Secrets Manager in an egress network. Through the firewalls, Secrets Manager could be reached only at a name by which
 * any account's secrets can be written, so content could leave in one.
 */
export class SecretsEndpoint extends Construct {
  /** The name that its clients resolve. */
  public readonly hostName: string;

  /** What it must be in the template. */
  public readonly form: EndpointForm;

  constructor(scope: Construct, id: string, { vpc, subnets, clients, secrets }: SecretsEndpointProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.hostName = `secretsmanager.${region}.${findRegion(region)?.dnsSuffix}`;
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Endpoint of Secrets Manager, reached by the clients only',
      allowAllOutbound: false,
    });
    group.addIngressRule(clients, ec2.Port.tcp(443), 'HTTPS from the clients');
    const service = ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER;
    const endpoint = new ec2.InterfaceVpcEndpoint(this, 'Resource', {
      vpc,
      service,
      subnets: { subnets: [...subnets] },
      securityGroups: [group],
      open: false,
      privateDnsEnabled: true,
    });
    const { Statement } = secretsEndpointPolicy(
      account,
      secrets.map(({ secretArn }) => secretArn),
    );
    const statements = Statement.map((statement) => iam.PolicyStatement.fromJson(statement));
    for (const statement of statements) endpoint.addToPolicy(statement);
    this.form = {
      serviceName: (endpoint.node.defaultChild as ec2.CfnVPCEndpoint).serviceName,
      statements: statements.map((statement) => statement.toStatementJson()),
    };
  }
}
