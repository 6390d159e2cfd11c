import { ApiError } from '../../http/api-error';
import type { Serving } from '../policy/serving';
import { decideModel } from './decide';
import { providerOf } from './raw-model';

/** A model, as OpenAI's clients read it. */
export interface ModelEntry {
  readonly id: string;
  readonly object: 'model';
  /** Unix seconds; always 0, since the facts don't say when a model was made. */
  readonly created: 0;
  readonly owned_by: string;
}

/** The models of a deployment, for `GET /v1/models`. */
export function listModels(serving: Serving): { readonly object: 'list'; readonly data: readonly ModelEntry[] } {
  return { object: 'list', data: [...serving.models.keys()].map((id) => toEntry(serving, id)) };
}

/**
 * One model, for `GET /v1/models/{id}`.
 *
 * @throws ApiError when the deployment has none of that name
 */
export function getModel(serving: Serving, id: string): ModelEntry {
  const decision = decideModel(serving, id);
  if (!decision.allowed) throw new ApiError(404, 'model_not_found', decision.message, { param: 'model' });
  return toEntry(serving, decision.alias);
}

function toEntry(serving: Serving, id: string): ModelEntry {
  const [first] = serving.models.get(id) ?? [];
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: first === undefined || first.provider === 'bedrock' ? providerOf(first?.modelId ?? '') : first.provider,
  };
}
