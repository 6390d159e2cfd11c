import type { Duration } from 'aws-cdk-lib/core';
import type { DeclaredProvider } from '../../boundary/declared-provider';

/** A service outside AWS with an OpenAI-compatible API. */
export enum ProviderService {
  /** OpenAI's own models at its European host. */
  OPENAI = 'openai',

  /** Azure OpenAI, in the EU's data zone or a Region inside the boundary. */
  AZURE = 'azure',

  /** Mistral's regional host for Europe. */
  MISTRAL = 'mistral',

  /** Scaleway's Generative APIs. */
  SCALEWAY = 'scaleway',

  /** OVHcloud's AI Endpoints. */
  OVHCLOUD = 'ovhcloud',

  /** IONOS's AI Model Hub. */
  IONOS = 'ionos',

  /** STACKIT's AI Model Serving. */
  STACKIT = 'stackit',
}

/** A provider outside AWS, which gateways call through the egress of their foundation. */
export interface InferenceProvider {
  /**
   * Its name in headers and records, and in the name of the secret that holds its key. It is `openai` for OpenAI, and no other
   * provider's.
   */
  readonly name: string;

  /** The service, which determines the host. */
  readonly service: ProviderService;

  /**
   * The name of an Azure resource, which begins its host.
   *
   * @default - none; Azure needs it
   */
  readonly resource?: string;

  /**
   * The Azure Region of that resource, such as `germanywestcentral`.
   *
   * @default - none; Azure needs it
   */
  readonly region?: string;

  /**
   * Why a Europe that is wider than the boundary is accepted. Headers and every output repeat it.
   *
   * @default - nothing wider than the boundary is accepted
   */
  readonly acceptsWiderEurope?: string;

  /**
   * The contract by which the provider retains no content.
   *
   * @default - none: projects are served only if the provider retains nothing of any customer
   */
  readonly zeroRetention?: string;

  /**
   * Whether projects may send structured-output schemas to it.
   *
   * @default false
   */
  readonly schemasMayLeave?: boolean;

  /**
   * The deployments of models in an Azure resource.
   *
   * @default - none; each destination of Azure needs one
   */
  readonly deployments?: AzureModelDeployment[];

  /**
   * The maximum age of the check result of an Azure deployment that serves projects, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly maxCheckAge?: Duration;
}

/** A deployment of a model in an Azure resource. */
export interface AzureModelDeployment {
  /** The name of the deployment. */
  readonly name: string;

  /** Its SKU, such as `DataZoneStandard`, which decides where it processes requests. */
  readonly sku: string;

  /** The name of its model. */
  readonly model: string;

  /**
   * The version of its model.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * The day on which Azure reported all this, `YYYY-MM-DD`.
   *
   * @default - it is the owner's claim, on which no project is served
   */
  readonly readOn?: string;
}

/** A provider in the form that decisions take. */
export const declaredOf = ({ acceptsWiderEurope, maxCheckAge, ...provider }: InferenceProvider): DeclaredProvider => ({
  ...provider,
  accepted: acceptsWiderEurope,
  maxCheckAgeDays: maxCheckAge?.toDays(),
});
