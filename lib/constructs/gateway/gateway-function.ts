import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { nameFrom } from '../../boundary/destination';
import type { ProjectsVariables } from '../../contract/environment';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import { MODELS_METADATA } from '../../contract/tags';
import { bedrockStatements } from '../../perimeter/bedrock-statements';
import { bedrockOf, type DecidedModel } from '../checks/inference-model';
import type { ReadingsTable } from '../checks/readings-table';
import { HANDLER_RUNTIME } from '../functions/handler-runtime';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import type { WorkspaceMembers } from '../members/workspace-members';
import { clipped } from '../shared/clipped';
import { withGatewayAsset } from './gateway-policy-asset';
import type { KeyRegistry } from './key-registry';

/** Construction properties for a GatewayFunction. */
export interface GatewayFunctionProps {
  readonly policy: GatewayPolicy;
  readonly models: readonly DecidedModel[];
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly encryptionKey: kms.IKey;
  /** Where the keys of the policy's projects are; none for a workspace. */
  readonly keyRegistry?: KeyRegistry;
  /** Who comes into the policy's workspace; none for projects. */
  readonly members?: WorkspaceMembers;
  readonly logRetention: logs.RetentionDays;
  readonly memorySize: number;
  readonly reservedConcurrentExecutions?: number;
  /** By what projects are served; none for a workspace. */
  readonly readings?: ReadingsTable;
}

/**
 * The gateway's handler, in subnets without a way out, under a role that may call exactly the destinations of its policy.
 * No dead-letter queue and no tracing: both would hold what was sent.
 */
export class GatewayFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly role: iam.Role;
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: GatewayFunctionProps) {
    super(scope, id);
    const { partition, account } = Stack.of(this);
    const { policy } = props;
    const whom = `${policy.tenant.kind} ${policy.tenant.ids.join(', ')}`;

    this.role = vpcFunctionRole(this, 'Role', clipped(`Gateway of ${whom}`));
    for (const statement of bedrockStatements({
      partition,
      account,
      destinations: bedrockOf(props.models),
    })) {
      this.role.addToPolicy(iam.PolicyStatement.fromJson(statement));
    }
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.encryptionKey,
      retention: props.logRetention,
    });
    this.logGroup.grantWrite(this.role);
    props.keyRegistry?.grantServe(this.role);
    props.readings?.grantRead(this.role);
    const verifying = props.members?._grantVerify(this.role);

    this.handler = withGatewayAsset(
      this,
      policy,
      (directory) =>
        new lambda.Function(this, 'Function', {
          description: clipped(`OpenAI-compatible gateway of ${whom}, inside ${policy.boundary}`),
          ...HANDLER_RUNTIME,
          code: lambda.Code.fromAsset(directory),
          role: this.role,
          logGroup: this.logGroup,
          // Their names are known at deployment only, so they can't be part of the policy. The role reaches no other table.
          environment: toEnvironment(
            { KEYS_TABLE_ARN: props.keyRegistry?.table.tableArn } satisfies Partial<ProjectsVariables>,
            verifying,
            { READINGS_TABLE_ARN: props.readings?.table.tableArn } satisfies Partial<ProjectsVariables>,
          ),
          memorySize: props.memorySize,
          // As long as API Gateway streams at most.
          timeout: Duration.minutes(15),
          reservedConcurrentExecutions: props.reservedConcurrentExecutions,
          vpc: props.vpc,
          vpcSubnets: props.vpcSubnets,
          securityGroups: props.securityGroups,
        }),
    );
    const own = Stack.of(this).region;
    // The order in which destinations are tried is in the asset only, and evidence is read from templates.
    (this.handler.node.defaultChild as lambda.CfnFunction).addMetadata(
      MODELS_METADATA,
      Object.fromEntries(
        props.models.map(({ id, destinations }) => [id, destinations.map((target) => nameFrom(own, target))]),
      ),
    );
  }
}
