import type { AnyDestination } from '../../../boundary/server';

/** A destination's names in the table of provider states. */
export interface ProviderNames {
  readonly provider: string;
  /** The model, as its provider calls it; `PROVIDER/MODEL` is its name in the table. */
  readonly model: string;
}

/**
 * The provider of a destination, and its model; undefined for a server in the owner's network, which has no account that could be closed.
 */
export function providerNames(destination: AnyDestination): ProviderNames | undefined {
  if (destination.provider === 'vpc') return undefined;
  if (destination.provider === 'bedrock') {
    const { id, sourceRegion, api } = destination;
    return { provider: 'bedrock', model: [id, sourceRegion, ...(api ? [api] : [])].join('@') };
  }
  return { provider: destination.providerName ?? destination.provider, model: destination.modelId };
}

/** The name of a provider's model in the table. */
export const modelName = ({ provider, model }: ProviderNames): string => `${provider}/${model}`;

/** The names of destinations in the table: their providers, and their models. */
export function stateNames(destinations: readonly AnyDestination[]): string[] {
  const names = destinations.flatMap((destination) => providerNames(destination) ?? []);
  return [...new Set([...names.map(({ provider }) => provider), ...names.map(modelName)])];
}
