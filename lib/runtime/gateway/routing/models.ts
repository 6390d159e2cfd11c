import { makerOf } from '../../../boundary/model-kind';
import type { AnyDestination } from '../../../boundary/server';
import { ApiError } from '../errors/api-error';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import { decideModel } from './decide';

/** A model in OpenAI's format. */
export interface ModelEntry {
  readonly id: string;
  readonly object: 'model';
  /** Unix seconds; always 0, because the facts don't contain a model's date. */
  readonly created: 0;
  readonly owned_by: string;
}

/** The models of a deployment, for `GET /v1/models`. */
export function listModels(policy: AdmittedPolicy): { readonly object: 'list'; readonly data: readonly ModelEntry[] } {
  return { object: 'list', data: [...policy.models.keys()].map((id) => toEntry(policy, id)) };
}

/**
 * One model, for `GET /v1/models/{id}`.
 *
 * @throws ApiError if the deployment has no model of that name
 */
export function getModel(policy: AdmittedPolicy, id: string): ModelEntry {
  const decision = decideModel(policy, id);
  if (!decision.allowed) throw new ApiError(404, 'model_not_found', decision.message, { param: 'model' });
  return toEntry(policy, decision.alias);
}

function ownerOf(first: AnyDestination | undefined): string {
  if (first === undefined || first.provider === 'bedrock') return makerOf(first?.modelId ?? '');
  return first.providerName ?? first.provider;
}

function toEntry(policy: AdmittedPolicy, id: string): ModelEntry {
  const [first] = policy.models.get(id) ?? [];
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: ownerOf(first),
  };
}
