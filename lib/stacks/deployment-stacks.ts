import { Duration, type StackProps, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { AnyDestination } from '../boundary/server';
import type { DeploymentConfig, ModelConfig } from '../config/config';
import { Alerts } from '../constructs/alerts';
import { RetentionManagement } from '../constructs/bedrock-retention';
import type { InferenceDestination, InferenceModel } from '../constructs/inference-model';
import type { InvocationLogging } from '../constructs/invocation-logging';
import { RetentionPeriod } from '../constructs/retention-period';
import { WorkspaceEdition } from '../constructs/workspace';
import { FoundationStack } from './foundation-stack';
import { ProjectsStack } from './projects-stack';
import { WorkspaceStack } from './workspace-stack';

const RETENTION = { manage: RetentionManagement.MANAGE, verify: RetentionManagement.VERIFY };
const EDITIONS = { enterprise: WorkspaceEdition.ENTERPRISE, edu: WorkspaceEdition.EDU };

/**
 * The stacks of one `residency.yaml`. The account is the one of the credentials that the CDK CLI found; without any, the
 * stacks are the same for every account, and synthesis needs none.
 */
export class DeploymentStacks {
  /** What the tenants share. */
  public readonly foundation: FoundationStack;

  /** One a workspace, in the order of the file. */
  public readonly workspaces: WorkspaceStack[];

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
      bedrockRetention: RETENTION[deployment.bedrockRetention],
      alerts: alertsOf(deployment),
      invocationLogging: loggingOf(deployment),
    });
    this.workspaces = workspaces.map(({ id, edition, retention, models }) =>
      this.tenant(
        new WorkspaceStack(scope, `${name}-workspace-${id}`, {
          ...this.stackProps(`workspace ${id}, whose conversations are stored inside`),
          terminationProtection: true,
          foundation: this.foundation.foundation,
          workspaceId: id,
          edition: EDITIONS[edition],
          retention:
            retention.kind === 'days'
              ? RetentionPeriod.days(retention.days)
              : RetentionPeriod.untilDeleted("the deployment's configuration says until-deleted"),
          models: this.models(models),
        }),
      ),
    );
    if (projects.length > 0) {
      this.projects = this.tenant(
        new ProjectsStack(scope, `${name}-projects`, {
          ...this.stackProps('projects, whose requests are processed inside and not stored'),
          terminationProtection: true,
          foundation: this.foundation.foundation,
          projects: projects.map(({ id, models, limits }) => ({ id, models: [...models], ...limits })),
          models: this.models(projects.flatMap((project) => project.models)),
          maxReadingAge: maxReadingAgeHours === undefined ? undefined : Duration.hours(maxReadingAgeHours),
        }),
      );
    }
    for (const stack of [this.foundation, ...this.workspaces, ...(this.projects ? [this.projects] : [])]) {
      Tags.of(stack).add('residency:deployment', name);
      // A tag can't hold the commas of a boundary of countries.
      Tags.of(stack).add('residency:boundary', boundary.name.replaceAll(',', '+'));
    }
  }

  private stackProps(what: string) {
    const { boundary, deployment } = this;
    return {
      boundary,
      description: `EU residency, ${deployment.name}: ${what} (boundary ${boundary.name})`,
      env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: deployment.primaryRegion },
    } satisfies StackProps & { boundary: ResidencyBoundary };
  }

  /** Also the account's setting for access logs must be there first, which nothing refers to. */
  private tenant<T extends WorkspaceStack | ProjectsStack>(stack: T): T {
    stack.addStackDependency(this.foundation);
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

const loggingOf = ({ invocationLogging: declared }: DeploymentConfig): InvocationLogging | undefined =>
  declared && { bucketName: declared.bucket, logGroupName: declared.logGroup };
