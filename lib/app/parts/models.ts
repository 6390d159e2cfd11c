import { Duration } from 'aws-cdk-lib/core';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import { isOutsideAws } from '../../boundary/provider-of';
import type { AnyDestination } from '../../boundary/server';
import type { DeploymentConfig } from '../../config/model/config';
import { providerIn } from '../../config/model/providers';
import { ChatApi } from '../../constructs/checks/chat-api';
import type { InferenceDestination, InferenceModel } from '../../constructs/checks/inference-model';
import { type InferenceProvider, ProviderService } from '../../constructs/checks/inference-provider';

/** The models with these ids, in the order of the file. */
export const modelsOf = (deployment: DeploymentConfig, ids: readonly string[]): InferenceModel[] =>
  deployment.models
    .filter((model) => ids.includes(model.id))
    .map(({ id, destinations, interchangeable, caching }) => ({
      id,
      destinations: destinations.map((destination) => toDestination(deployment, destination)),
      ...(interchangeable !== undefined && { interchangeable }),
      ...(caching !== undefined && { caching }),
    }));

function toDestination(deployment: DeploymentConfig, destination: AnyDestination): InferenceDestination {
  if (isOutsideAws(destination)) {
    const { modelId, kind } = destination;
    return {
      id: modelId,
      provider: toProvider(providerIn(deployment, destination)),
      ...(kind === 'embedding' && { embeddings: true }),
    };
  }
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

function toProvider({
  service,
  accepted,
  maxCheckAgeDays,
  deployments,
  ...provider
}: DeclaredProvider): InferenceProvider {
  const found = Object.values(ProviderService).find((value) => `${value}` === service);
  if (found === undefined) throw new Error(`'${service}' is no service that a deployment can call`);
  return {
    ...provider,
    service: found,
    ...(accepted !== undefined && { acceptsWiderEurope: accepted }),
    ...(maxCheckAgeDays !== undefined && { maxCheckAge: Duration.days(maxCheckAgeDays) }),
    ...(deployments && { deployments: deployments.map((one) => ({ ...one })) }),
  };
}

const APIS = { converse: ChatApi.CONVERSE, 'chat-completions': ChatApi.CHAT_COMPLETIONS };
