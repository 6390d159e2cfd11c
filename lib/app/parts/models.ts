import type { AnyDestination } from '../../boundary/server';
import type { DeploymentConfig } from '../../config/model/config';
import { ChatApi } from '../../constructs/checks/chat-api';
import type { InferenceDestination, InferenceModel } from '../../constructs/checks/inference-model';

/** The models with these ids, in the order of the file. */
export const modelsOf = ({ models }: DeploymentConfig, ids: readonly string[]): InferenceModel[] =>
  models
    .filter((model) => ids.includes(model.id))
    .map(({ id, destinations, interchangeable, caching }) => ({
      id,
      destinations: destinations.map(toDestination),
      ...(interchangeable !== undefined && { interchangeable }),
      ...(caching !== undefined && { caching }),
    }));

function toDestination(destination: AnyDestination): InferenceDestination {
  if (destination.provider !== 'bedrock') {
    const { modelId, baseUrl, addresses = [], kind } = destination;
    return { id: modelId, server: { url: baseUrl, addresses: [...addresses], embeddings: kind === 'embedding' } };
  }
  const { id, sourceRegion, api, furtherRegions } = destination;
  return {
    id,
    region: sourceRegion,
    ...(api && { api: APIS[api] }),
    ...(furtherRegions && { furtherRegions: [...furtherRegions] }),
  };
}

const APIS = { converse: ChatApi.CONVERSE, 'chat-completions': ChatApi.CHAT_COMPLETIONS };
