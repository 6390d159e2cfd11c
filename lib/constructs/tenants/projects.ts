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
import type { Project } from '../gateway/project';

/** Construction properties for Projects. */
export interface ProjectsProps {
  /** Where requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and keys that the gateway shares with others. */
  readonly foundation: Foundation;

  /** The projects, each once. */
  readonly projects: Project[];

  /** What the projects may call. Models whose provider may keep content are refused. */
  readonly models: InferenceModel[];

  /**
   * Where their API keys are.
   *
   * @default - a new KeyRegistry
   */
  readonly keyRegistry?: KeyRegistry;

  /**
   * The host name that they are under, at `/projects/v1`. In the Region and account of the stack.
   *
   * @default - the name that API Gateway gives their API
   */
  readonly domain?: ApiDomain;

  /**
   * How long after a Region was last read as one that keeps nothing it may serve, in whole hours, at least two: it is read
   * every hour.
   *
   * @default Duration.hours(24)
   */
  readonly maxReadingAge?: Duration;
}

/**
 * An API whose requests are processed inside a boundary and not stored: there is no content store in its reach.
 *
 * All projects share it. Each has keys of its own, sees its own models, and is held to its own limits.
 */
export class Projects extends Construct {
  /** The API. */
  public readonly gateway: InferenceGateway;

  /** Their API keys, as hashes, and counts. */
  public readonly keyRegistry: KeyRegistry;

  constructor(scope: Construct, id: string, props: ProjectsProps) {
    super(scope, id);
    this.keyRegistry = props.keyRegistry ?? new KeyRegistry(this, 'Keys', { boundary: props.boundary });
    this.gateway = new InferenceGateway(this, 'Gateway', {
      boundary: props.boundary,
      foundation: props.foundation,
      tenant: GatewayTenant.projects(this.keyRegistry, ...props.projects),
      models: props.models,
      domain: props.domain,
      maxReadingAge: props.maxReadingAge,
    });
    new KeyWatch(this, 'KeyWatch', { foundation: props.foundation, keys: [this.keyRegistry.encryptionKey] });
    Tags.of(this).add(TAGS.tenant, 'projects');
  }
}
