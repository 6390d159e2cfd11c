import type * as iam from 'aws-cdk-lib/aws-iam';
import { type Duration, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { TAGS } from '../../contract/tags';
import type { InferenceModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import { KeyWatch } from '../foundation/key-watch';
import type { ApiDomain } from '../gateway/api-domain';
import { GatewayTenant } from '../gateway/gateway-tenant';
import { InferenceGateway } from '../gateway/inference-gateway';
import { KeyRegistry } from '../gateway/key-registry';
import type { OpenProjects } from '../gateway/open-projects';
import { OpenProjectsApi } from '../gateway/open-projects-api';
import type { Project } from '../gateway/project';

/** Construction properties for Projects. */
export interface ProjectsProps {
  /** The boundary in which requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and keys that the gateway shares with others. */
  readonly foundation: Foundation;

  /** The projects that are declared, each once; at least one unless `open` is given. */
  readonly projects: Project[];

  /**
   * What projects may be that are created at run time, through an API that IAM authorises.
   *
   * @default - none: every project is declared
   */
  readonly open?: OpenProjects;

  /** The models that projects can call. Models whose provider may retain content are refused. */
  readonly models: InferenceModel[];

  /**
   * The registry with their API keys.
   *
   * @default - a new KeyRegistry
   */
  readonly keyRegistry?: KeyRegistry;

  /**
   * The host name of their API, at `/projects/v1`, in the Region and account of the stack.
   *
   * @default - API Gateway's own host name
   */
  readonly domain?: ApiDomain;

  /**
   * The maximum age of a Region's last check that confirmed that Bedrock retains nothing there. Older results serve no
   * project. In whole hours, at least two, because the check runs every hour.
   *
   * @default Duration.hours(24)
   */
  readonly maxReadingAge?: Duration;

  /**
   * Requests per second that API Gateway accepts from all callers together; it refuses more with 429.
   *
   * @default 50
   */
  readonly requestsPerSecond?: number;

  /**
   * Requests that may arrive at once before `requestsPerSecond` applies.
   *
   * @default 100
   */
  readonly burstRequests?: number;

  /**
   * Maximum number of concurrent requests, for all projects together; reserved from the account's Lambda quota.
   *
   * @default - the account's unreserved concurrency
   */
  readonly concurrency?: number;
}

/**
 * An API whose requests are processed inside a boundary and not stored: it can't reach a content store.
 *
 * All projects share it. Each has its own keys, models and limits.
 */
export class Projects extends Construct {
  /** The API. */
  public readonly gateway: InferenceGateway;

  /** Their API keys, as hashes, and their counters. */
  public readonly keyRegistry: KeyRegistry;

  /** The URL of the API of open projects; none if no project is open. */
  public openProjectsUrl?: string;

  /**
   * The role that can call the API of open projects, and nothing else; none if no project is open. The account's IAM policies
   * decide which principals can assume it.
   */
  public openProjectsRole?: iam.IRole;

  /** @throws if the Region, a project, a model, a period or the domain isn't allowed */
  constructor(scope: Construct, id: string, props: ProjectsProps) {
    super(scope, id);
    this.keyRegistry = props.keyRegistry ?? new KeyRegistry(this, 'Keys', { boundary: props.boundary });
    this.gateway = new InferenceGateway(this, 'Gateway', {
      boundary: props.boundary,
      foundation: props.foundation,
      tenant: props.open
        ? GatewayTenant.withOpenProjects(this.keyRegistry, props.open, ...props.projects)
        : GatewayTenant.projects(this.keyRegistry, ...props.projects),
      models: props.models,
      domain: props.domain,
      maxReadingAge: props.maxReadingAge,
      requestsPerSecond: props.requestsPerSecond,
      burstRequests: props.burstRequests,
      reservedConcurrentExecutions: props.concurrency,
    });
    if (props.open) this.openTo(props.open, props);
    new KeyWatch(this, 'KeyWatch', { foundation: props.foundation, keys: [this.keyRegistry.encryptionKey] });
    Tags.of(this).add(TAGS.tenant, 'projects');
  }

  private openTo(open: OpenProjects, { boundary, foundation, projects, models }: ProjectsProps): void {
    const { keyRegistry, gateway } = this;
    // Keys are made only for projects that exist, and the usage of all can be listed.
    keyRegistry._grantReadOpenProjects(keyRegistry.managerRole, 'dynamodb:GetItem');
    keyRegistry._grantReadOpenProjects(keyRegistry.usageRole, 'dynamodb:Query');
    const { url, operatorRole } = new OpenProjectsApi(this, 'Open', {
      boundary,
      foundation,
      gateway,
      keyRegistry,
      open,
      models: models.map(({ id }) => id),
      declared: projects.map(({ id }) => id),
    });
    this.openProjectsUrl = url;
    this.openProjectsRole = operatorRole;
  }
}
