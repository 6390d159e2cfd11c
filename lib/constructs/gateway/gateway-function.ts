import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LONGEST_REQUEST_MINUTES } from '../../contract/api-limits';
import type {
  EgressVariables,
  GuardrailVariables,
  ProjectsVariables,
  ProviderStateVariables,
} from '../../contract/environment';
import { providersMetadata } from '../../contract/metadata/providers-metadata';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import { BUDGETS_METADATA, MODELS_METADATA, PROVIDERS_METADATA, RUNNING_METADATA } from '../../contract/tags';
import { bedrockStatements } from '../../perimeter/bedrock-statements';
import { guardrailKeyStatements, guardrailStatements, onlyGuarded } from '../../perimeter/guardrail-statements';
import { bedrockOf, type DecidedModel } from '../checks/inference-model';
import type { ProviderState } from '../checks/provider-state';
import type { RetentionChecksTable } from '../checks/retention-checks-table';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import type { WorkspaceMembers } from '../members/workspace-members';
import type { EgressAccess } from '../network/egress-access';
import { truncated } from '../shared/truncated';
import { budgetCounters } from './budget-counters';
import type { GatewayGuardrails } from './gateway-guardrails';
import { gatewayBundle } from './gateway-policy-asset';
import type { KeyRegistry } from './key-registry';
import { modelsMetadata } from './models-metadata';

/** Construction properties for a GatewayFunction. */
export interface GatewayFunctionProps {
  readonly policy: GatewayPolicy;
  /** The tenants, for descriptions. */
  readonly tenant: string;
  readonly models: readonly DecidedModel[];
  /** @default - none */
  readonly guardrails?: GatewayGuardrails;
  /**
   * The egress function that calls models outside AWS.
   *
   * @default - none: no model is outside AWS
   */
  readonly egress?: EgressAccess;
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly encryptionKey: kms.IKey;
  /**
   * The registry with the keys of the policy's projects.
   *
   * @default - none, for a workspace
   */
  readonly keyRegistry?: KeyRegistry;
  /**
   * The members of the policy's workspace.
   *
   * @default - none, for projects
   */
  readonly members?: WorkspaceMembers;
  readonly logRetention: logs.RetentionDays;
  readonly memorySize: number;
  /** @default - the account's unreserved concurrency */
  readonly reservedConcurrentExecutions?: number;
  /**
   * The check results by which projects are served.
   *
   * @default - none, for a workspace
   */
  readonly retentionChecks?: RetentionChecksTable;
  /**
   * The providers that are out of use.
   *
   * @default - none: the deployment calls no provider outside AWS
   */
  readonly providerState?: ProviderState;
}

/**
 * The gateway's handler, in isolated subnets, with a role that can call exactly the destinations of its policy. It has
 * no dead-letter queue and no tracing, because both would hold request data.
 */
export class GatewayFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly role: iam.Role;
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: GatewayFunctionProps) {
    super(scope, id);
    const { policy } = props;
    const tenant = props.tenant;

    this.role = gatewayRole(this, props, `Gateway of ${tenant}`);
    this.logGroup = functionLog(this, this.role, props.encryptionKey, props.logRetention);
    props.keyRegistry?.grantServe(this.role);
    if (policy.openProjects) props.keyRegistry?._grantReadOpenProjects(this.role, 'dynamodb:GetItem');
    props.retentionChecks?.grantRead(this.role);
    props.providerState?.grantServe(this.role);
    const verifying = props.members?._grantVerify(this.role);
    props.members?._grantReadGroups(this.role);

    this.handler = handlerFunction(this, {
      bundle: gatewayBundle(policy),
      policy,
      description: truncated(`OpenAI-compatible gateway of ${tenant}, inside ${policy.boundary}`),
      role: this.role,
      logGroup: this.logGroup,
      // The names are known only at deployment, so they can't be part of the policy. The role can reach no other
      // table.
      environment: toEnvironment(
        { KEYS_TABLE_ARN: props.keyRegistry?.table.tableArn } satisfies Partial<ProjectsVariables>,
        verifying,
        { GUARDRAILS: props.guardrails?.variable } satisfies Partial<GuardrailVariables>,
        { EGRESS_FUNCTION: props.egress?.functionName } satisfies EgressVariables,
        { READINGS_TABLE_ARN: props.retentionChecks?.table.tableArn } satisfies Partial<ProjectsVariables>,
        { PROVIDER_STATE_TABLE_ARN: props.providerState?.table.tableArn } satisfies ProviderStateVariables,
      ),
      memorySize: props.memorySize,
      timeout: Duration.minutes(LONGEST_REQUEST_MINUTES),
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    const own = Stack.of(this).region;
    const resource = this.handler.node.defaultChild as lambda.CfnFunction;
    // Only the asset has the order in which destinations are tried, but evidence is read from templates.
    resource.addMetadata(MODELS_METADATA, modelsMetadata(own, props.models));
    if (countsRunning(policy)) resource.addMetadata(RUNNING_METADATA, true);
    const providers = providersMetadata(policy);
    if (providers !== undefined) resource.addMetadata(PROVIDERS_METADATA, providers);
    const counters = budgetCounters(policy);
    if (counters !== undefined) resource.addMetadata(BUDGETS_METADATA, counters);
  }
}

/** A role in the VPC that can call exactly the destinations of a gateway's models, and nothing else yet. */
export function gatewayRole(
  scope: Construct,
  {
    policy,
    models,
    guardrails: given,
    egress,
  }: Pick<GatewayFunctionProps, 'policy' | 'models' | 'guardrails' | 'egress'>,
  description: string,
): iam.Role {
  const { partition, account } = Stack.of(scope);
  const role = vpcFunctionRole(scope, 'Role', truncated(description));
  const guardrails = { partition, account, guardrails: given?.all ?? [] };
  for (const statement of [
    ...bedrockStatements({ partition, account, destinations: bedrockOf(models) }),
    ...guardrailStatements(guardrails),
    ...guardrailKeyStatements(guardrails),
    // Code that left a guardrail out would be denied. A role whose other tenants have none can't be held to it.
    ...(given?.isComplete ? [onlyGuarded(guardrails)] : []),
  ]) {
    role.addToPolicy(iam.PolicyStatement.fromJson(statement));
  }
  if (egress !== undefined) {
    const resources = [egress.arnFor(scope, policy.tenant.kind)];
    role.addToPolicy(new iam.PolicyStatement({ sid: 'CallsOutside', actions: ['lambda:InvokeFunction'], resources }));
  }
  return role;
}

/** Whether any limit of a policy is on concurrent requests. */
const countsRunning = ({ limits, projects = [], openProjects }: GatewayPolicy): boolean =>
  [limits, openProjects?.limits, ...projects.map((project) => project.limits)].some(
    (one) => one?.concurrentRequests !== undefined,
  );
