import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { Foundation } from './foundation';
import { GatewayTenant } from './gateway-tenant';
import { InferenceGateway } from './inference-gateway';
import type { InferenceModel } from './inference-model';

/** Construction properties for Projects. */
export interface ProjectsProps {
  /** Where requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and keys that the gateway shares with others. */
  readonly foundation: Foundation;

  /** The ids of the projects, each once. */
  readonly projectIds: string[];

  /** What the projects may call. Models whose provider may keep content are refused. */
  readonly models: InferenceModel[];
}

/**
 * An API whose requests are processed inside a boundary and not stored: there is no content store in its reach.
 *
 * All projects share it: whoever may call it may call every model that it is given.
 */
export class Projects extends Construct {
  /** The API. */
  public readonly gateway: InferenceGateway;

  constructor(scope: Construct, id: string, props: ProjectsProps) {
    super(scope, id);
    this.gateway = new InferenceGateway(this, 'Gateway', {
      boundary: props.boundary,
      foundation: props.foundation,
      tenant: GatewayTenant.projects(...props.projectIds),
      models: props.models,
    });
    Tags.of(this).add('residency:tenant', 'projects');
  }
}
