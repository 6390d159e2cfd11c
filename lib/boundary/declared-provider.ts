import type { Service } from '../facts/services';

/** A provider outside AWS, as a deployment's owner declares it. `openai` is declared by the key `openai` of `residency.yaml`. */
export interface DeclaredProvider {
  /** The name in destinations, headers, records and the table of provider states; `openai` for OpenAI Europe. */
  readonly name: string;
  readonly service: Service;
  /** Azure: the name of the resource, the first label of its host. */
  readonly resource?: string;
  /** Azure: the Region of the resource. */
  readonly region?: string;
  /** Why a place that is wider than the boundary is accepted; none if nothing wider is accepted. */
  readonly accepted?: string;
  /** The contract by which the provider retains no content; none if the owner declares none. */
  readonly zeroRetention?: string;
  /** Whether a project's structured-output schema may be sent to it. */
  readonly schemasMayLeave?: boolean;
  /** Azure: the deployments of models, as the owner claims them or a check result describes them. */
  readonly deployments?: readonly AzureDeployment[];
  /** Azure: the most days since the check result of a deployment that serves a project. */
  readonly maxCheckAgeDays?: number;
}

/** A deployment of a model in Azure, as `az cognitiveservices account deployment show` reported it. */
export interface AzureDeployment {
  readonly name: string;
  /** Such as `DataZoneStandard`. */
  readonly sku: string;
  readonly model: string;
  readonly version?: string;
  /** The day on which it was read; none if the owner only claims it. */
  readonly readOn?: string;
}

/** A deployment of a model as Azure itself reported it, with the resource in which it is. */
export interface AzureCheck extends AzureDeployment {
  /** The name of the declared provider. */
  readonly provider: string;
  readonly resource: string;
  readonly region: string;
  readonly readOn: string;
}
