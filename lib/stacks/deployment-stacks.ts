import type { VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { Duration, type Stack, type StackProps, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { AnyDestination } from '../boundary/server';
import type {
  DeploymentConfig,
  DomainConfig,
  IdentityConfig,
  ModelConfig,
  ProviderConfig,
  VpcConfig,
  WorkspaceConfig,
} from '../config/model/config';
import { Alerts } from '../constructs/alerts/alerts';
import { RetentionManagement } from '../constructs/checks/bedrock-retention';
import type { InferenceDestination, InferenceModel } from '../constructs/checks/inference-model';
import type { InvocationLogging } from '../constructs/checks/invocation-logging';
import { IdentityProvider } from '../constructs/members/identity-provider';
import { RetentionPeriod } from '../constructs/stores/retention-period';
import { WorkspaceEdition, type WorkspaceProps } from '../constructs/tenants/workspace';
import { TAGS } from '../contract/tags';
import { DomainStack } from './domain-stack';
import { FoundationStack } from './foundation-stack';
import { MemberPoolStack } from './member-pool-stack';
import { ProjectsStack } from './projects-stack';
import { RecoveryDrillStack } from './recovery-drill-stack';
import { RecoveryReplicaStack } from './recovery-replica-stack';
import { RecoveryStack } from './recovery-stack';
import { RegionalEndpointStack } from './regional-endpoint-stack';
import { RegionalRoutesStack } from './regional-routes-stack';
import { WorkspaceStack } from './workspace-stack';

const RETENTION = { manage: RetentionManagement.MANAGE, verify: RetentionManagement.VERIFY };
const EDITIONS = { enterprise: WorkspaceEdition.ENTERPRISE, edu: WorkspaceEdition.EDU };

/** Where the members of a workspace sign in; nothing where the file says nothing. */
function membersOf(
  identity: IdentityConfig | undefined,
  pools: ReadonlyMap<string, MemberPoolStack>,
): Partial<WorkspaceProps> {
  if (identity === undefined) return {};
  const { provider, shared, groups, groupsAttribute, clients } = identity;
  return {
    ...(shared !== undefined && { memberPool: pools.get(shared)?.pool, memberGroups: copied(groups) }),
    ...(provider && { identityProvider: toProvider(provider, groupsAttribute), memberGroups: copied(groups) }),
    signInPages: copied(clients),
  };
}

function toProvider(provider: ProviderConfig, groupsAttribute?: string): IdentityProvider {
  if (provider.kind === 'saml') return IdentityProvider.saml({ metadata: provider.metadata, groupsAttribute });
  const { issuer, clientId, clientSecretName, scopes } = provider;
  return IdentityProvider.oidc({ issuer, clientId, clientSecretName, scopes: scopes && [...scopes], groupsAttribute });
}

/** Lists as props have them. */
const copied = (lists: Readonly<Record<string, readonly string[] | undefined>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(lists).flatMap(([key, list]) => (list === undefined ? [] : [[key, [...list]]])));

/**
 * The stacks of one `residency.yaml`. The account is the one that the file names, or else that of the credentials that the CDK CLI
 * found; without any, the stacks are the same for every account, and synthesis needs none.
 */
export class DeploymentStacks {
  /** What the tenants share. */
  public readonly foundation: FoundationStack;

  /** One for each Region that a model is called in beside the primary one, sorted by it. */
  public readonly regionalEndpoints: RegionalEndpointStack[];

  /** The primary side of the regional endpoints; none when there are none. */
  public readonly regionalRoutes?: RegionalRoutesStack;

  /** The host name of all APIs; none when the file has none. */
  public readonly domain?: DomainStack;

  /** One for each user pool that workspaces share, in the order of the file. */
  public readonly memberPools: MemberPoolStack[];

  /** What the replicas share, in the recovery Region; none when there is none, or no workspace. */
  public readonly recovery?: RecoveryStack;

  /** One a workspace, in the recovery Region, in the order of the file; none when there is none. */
  public readonly replicas: RecoveryReplicaStack[];

  /** One a workspace, in the order of the file. */
  public readonly workspaces: WorkspaceStack[];

  /** What reads the copies of a workspace back; one a workspace where there are copies. */
  public readonly drills: RecoveryDrillStack[];

  /** All projects; none when the file has none. */
  public readonly projects?: ProjectsStack;

  constructor(
    scope: Construct,
    private readonly deployment: DeploymentConfig,
    private readonly boundary: ResidencyBoundary,
  ) {
    const { name, workspaces, projects, maxReadingAgeHours } = deployment;
    this.foundation = new FoundationStack(scope, `${name}-foundation`, {
      ...this.stackProps('network, keys, web ACL, logs and evidence'),
      terminationProtection: true,
      models: this.models(deployment.models.map((model) => model.id)),
      addressRange: deployment.vpc?.cidr ?? deployment.networkRanges[deployment.primaryRegion],
      existingVpc: deployment.vpc && vpcOf(deployment.vpc),
      bedrockRetention: RETENTION[deployment.bedrockRetention],
      alerts: alertsOf(deployment),
      invocationLogging: loggingOf(deployment),
    });
    const { foundation } = this.foundation;
    this.regionalEndpoints = this.regionsBeside().map(
      (region) =>
        new RegionalEndpointStack(scope, `${name}-bedrock-${region}`, {
          ...this.stackProps(`the way to Bedrock in ${region}`, region),
          foundation,
          addressRange: deployment.networkRanges[region],
        }),
    );
    if (this.regionalEndpoints.length > 0) {
      this.regionalRoutes = new RegionalRoutesStack(scope, `${name}-bedrock-routes`, {
        ...this.stackProps('routes to Bedrock in other Regions'),
        foundation,
        endpoints: this.regionalEndpoints.map(({ endpoint }) => endpoint),
      });
    }
    if (deployment.domain) {
      this.domain = new DomainStack(scope, `${name}-domain`, {
        ...this.stackProps('the host name of its APIs'),
        terminationProtection: true,
        ...domainOf(deployment.domain),
      });
    }
    const domain = this.domain?.domain;
    const pools = new Map(
      (deployment.sharedIdentities ?? []).map(({ id, provider, groupsAttribute }) => [
        id,
        new MemberPoolStack(scope, `${name}-members-${id}`, {
          ...this.stackProps(`members ${id}, the user pool of several workspaces`),
          terminationProtection: true,
          provider: toProvider(provider, groupsAttribute),
        }),
      ]),
    );
    this.memberPools = [...pools.values()];
    this.recovery = this.recoveryStack(scope);
    const replicas = new Map(
      workspaces.flatMap((workspace) => {
        const replica = this.replicaStack(scope, workspace);
        return replica === undefined ? [] : [[workspace.id, replica] as const];
      }),
    );
    this.replicas = [...replicas.values()];
    this.workspaces = workspaces.map(({ id, edition, retention, models, identity, limits }) =>
      this.tenant(
        new WorkspaceStack(scope, `${name}-workspace-${id}`, {
          ...this.stackProps(`workspace ${id}, whose conversations are stored inside`),
          terminationProtection: true,
          foundation: this.foundation.foundation,
          workspaceId: id,
          edition: EDITIONS[edition],
          retention: periodOf(retention),
          recovery: replicas.get(id)?.replica,
          models: this.models(models),
          domain,
          ...membersOf(identity, pools),
          ...limits,
        }),
      ),
    );
    this.drills = this.workspaces.flatMap((stack) => this.drillStack(scope, stack) ?? []);
    if (projects.length > 0) {
      this.projects = this.tenant(
        new ProjectsStack(scope, `${name}-projects`, {
          ...this.stackProps('projects, whose requests are processed inside and not stored'),
          terminationProtection: true,
          foundation: this.foundation.foundation,
          projects: projects.map(({ id, models, limits }) => ({ id, models: [...models], ...limits })),
          models: this.models(projects.flatMap((project) => project.models)),
          domain,
          maxReadingAge: maxReadingAgeHours === undefined ? undefined : Duration.hours(maxReadingAgeHours),
        }),
      );
    }
    for (const stack of this.all()) {
      for (const [key, value] of Object.entries(deployment.tags ?? {})) Tags.of(stack).add(key, value);
      Tags.of(stack).add(TAGS.deployment, name);
      // A tag can't hold the commas of a boundary of countries.
      Tags.of(stack).add(TAGS.boundary, boundary.name.replaceAll(',', '+'));
    }
  }

  /** In the order in which they are deployed. */
  private all(): Stack[] {
    const {
      foundation,
      regionalEndpoints,
      regionalRoutes,
      domain,
      memberPools,
      recovery,
      replicas,
      workspaces,
      drills,
      projects,
    } = this;
    return [
      foundation,
      ...regionalEndpoints,
      regionalRoutes,
      domain,
      ...memberPools,
      recovery,
      ...replicas,
      ...workspaces,
      ...drills,
      projects,
    ].filter((stack) => stack !== undefined);
  }

  private recoveryStack(scope: Construct): RecoveryStack | undefined {
    const { name, recoveryRegion, workspaces } = this.deployment;
    if (recoveryRegion === undefined || workspaces.length === 0) return undefined;
    const stack = new RecoveryStack(scope, `${name}-recovery`, {
      ...this.stackProps('what copies of workspaces share', recoveryRegion),
      terminationProtection: true,
      foundation: this.foundation.foundation,
    });
    stack.addStackDependency(this.foundation);
    return stack;
  }

  private replicaStack(scope: Construct, { id, retention }: WorkspaceConfig): RecoveryReplicaStack | undefined {
    if (this.recovery === undefined) return undefined;
    const { recovery } = this.recovery;
    return new RecoveryReplicaStack(scope, `${this.deployment.name}-recovery-workspace-${id}`, {
      ...this.stackProps(`copies of workspace ${id}`, recovery.region),
      terminationProtection: true,
      recovery,
      workspaceId: id,
      retention: periodOf(retention),
    });
  }

  private drillStack(scope: Construct, stack: WorkspaceStack): RecoveryDrillStack | undefined {
    const { workspace } = stack;
    if (workspace.recovery === undefined) return undefined;
    const drills = new RecoveryDrillStack(scope, `${this.deployment.name}-recovery-drill-${workspace.workspaceId}`, {
      ...this.stackProps(`drills of workspace ${workspace.workspaceId}`, workspace.recovery.region),
      workspace,
    });
    drills.addStackDependency(stack);
    return drills;
  }

  private regionsBeside(): string[] {
    const { models, primaryRegion } = this.deployment;
    const called = models.flatMap(({ destinations }) => destinations.map(({ sourceRegion }) => sourceRegion));
    return [...new Set(called)].filter((region) => region !== primaryRegion).sort();
  }

  private stackProps(what: string, region = this.deployment.primaryRegion) {
    const { boundary, deployment } = this;
    return {
      boundary,
      description: `EU residency, ${deployment.name}: ${what} (boundary ${boundary.name})`,
      env: { account: deployment.account ?? process.env.CDK_DEFAULT_ACCOUNT, region },
    } satisfies StackProps & { boundary: ResidencyBoundary };
  }

  /** Also the account's setting for access logs and the routes must be there first, which nothing refers to. */
  private tenant<T extends WorkspaceStack | ProjectsStack>(stack: T): T {
    stack.addStackDependency(this.foundation);
    if (this.regionalRoutes) stack.addStackDependency(this.regionalRoutes);
    return stack;
  }

  private models(ids: readonly string[]): InferenceModel[] {
    return this.deployment.models
      .filter((model) => ids.includes(model.id))
      .map(({ id, destinations }: ModelConfig) => ({
        id,
        destinations: destinations.map(toDestination),
      }));
  }
}

const periodOf = (retention: WorkspaceConfig['retention']): RetentionPeriod =>
  retention.kind === 'days'
    ? RetentionPeriod.days(retention.days)
    : RetentionPeriod.untilDeleted("the deployment's configuration says until-deleted");

function alertsOf({ name, alerts }: DeploymentConfig): Alerts {
  if (alerts === undefined) {
    throw new Error(
      `deployment '${name}' must say who is told of alarms, got nothing; write 'alerts: [security@example.eu]', or ` +
        "'alerts: { none: <why nobody is told> }'",
    );
  }
  return alerts.kind === 'to' ? Alerts.to(...alerts.addresses) : Alerts.none(alerts.reason);
}

function toDestination(destination: AnyDestination): InferenceDestination {
  if (destination.provider !== 'bedrock') {
    const { modelId, baseUrl, addresses = [], kind } = destination;
    return { id: modelId, server: { url: baseUrl, addresses: [...addresses], embeddings: kind === 'embedding' } };
  }
  const { id, sourceRegion, furtherRegions } = destination;
  return { id, region: sourceRegion, ...(furtherRegions && { furtherRegions: [...furtherRegions] }) };
}

const vpcOf = (vpc: VpcConfig): VpcAttributes => ({
  vpcId: vpc.id,
  vpcCidrBlock: vpc.cidr,
  availabilityZones: [...vpc.availabilityZones],
  isolatedSubnetIds: [...vpc.isolatedSubnetIds],
  isolatedSubnetRouteTableIds: [...vpc.routeTableIds],
});

const domainOf = ({ name, certificate, hostedZone }: DomainConfig) => ({
  domainName: name,
  certificateArn: certificate,
  ...(hostedZone && { hostedZone: { hostedZoneId: hostedZone.id, zoneName: hostedZone.name } }),
});

const loggingOf = ({ invocationLogging: declared }: DeploymentConfig): InvocationLogging | undefined =>
  declared && { bucketName: declared.bucket, logGroupName: declared.logGroup };
