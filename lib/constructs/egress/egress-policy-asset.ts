import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import { decideProvider } from '../../boundary/provider';
import type { EgressModel, EgressPolicy } from '../../contract/policies/egress-policy';
import { policyLayers } from '../checks/policy-layers';

/** A destination outside AWS that a gateway may ask the egress function for. */
export interface EgressDestination {
  /** The name of the declared provider; `openai` for OpenAI Europe. */
  readonly providerName: string;
  readonly model: string;
  readonly kind: 'text' | 'embedding';
  /** Whether a model of a project has it. */
  readonly servesProjects: boolean;
}

/**
 * The policy of the egress function: the providers that a destination names, each with its models.
 *
 * @param secretNameOf the name of the secret that holds a provider's key
 * @throws if a destination may not be called, which the function would refuse too
 */
export function egressPolicy(
  boundary: ResidencyBoundary,
  providers: readonly DeclaredProvider[],
  destinations: readonly EgressDestination[],
  euOwnedOnly: boolean,
  secretNameOf: (provider: string) => string,
): EgressPolicy {
  const called = [...new Set(destinations.map(({ providerName }) => providerName))].sort().map((name) => {
    const declared = providers.find((provider) => provider.name === name);
    if (declared !== undefined) return declared;
    throw new Error(
      `the egress can't call provider '${name}', which isn't declared, got ${names(providers)}; declare it in 'providers', or remove its ` +
        'destinations',
    );
  });
  return {
    boundary: boundary.name,
    facts: policyLayers(boundary, [], [], called),
    ...(euOwnedOnly && { euOwnedOnly }),
    providers: called.map((declared) => ({
      ...declared,
      secret: secretNameOf(declared.name),
      models: modelsOf(boundary, declared, destinations, euOwnedOnly),
    })),
  };
}

const names = (providers: readonly DeclaredProvider[]): string =>
  providers.length === 0 ? 'none' : providers.map(({ name }) => `'${name}'`).join(', ');

/** The models of a provider, each once: one that a project may call, a workspace may call too. */
function modelsOf(
  boundary: ResidencyBoundary,
  declared: DeclaredProvider,
  destinations: readonly EgressDestination[],
  euOwnedOnly: boolean,
): EgressModel[] {
  const models = new Map<string, EgressModel>();
  for (const { providerName, model, kind, servesProjects } of destinations) {
    if (providerName !== declared.name) continue;
    const key = `${kind} ${model}`;
    models.set(key, { model, kind, servesProjects: servesProjects || (models.get(key)?.servesProjects ?? false) });
  }
  return [...models.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => {
      const decision = decideProvider(boundary, declared, one, { keepsContent: !one.servesProjects, euOwnedOnly });
      if (decision.inside) return one;
      throw new Error(`the egress can't call '${declared.name}/${one.model}': ${decision.detail}`);
    });
}
