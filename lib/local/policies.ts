import type { ResidencyBoundary } from '../boundary/boundary';
import { callersOf } from '../config/model/callers';
import type { DeploymentConfig, GuardrailConfig, ModelConfig } from '../config/model/config';
import { hasDollars } from '../contract/courses';
import type { GatewayPolicy, PolicyGuardrail } from '../contract/policies/gateway-policy';
import { policyPrices } from '../contract/policy-prices';

/** The policies that a deployment of the configuration would give to its gateways. */
export interface LocalPolicies {
  /** Undefined if there is no project. */
  readonly projects?: GatewayPolicy;
  readonly workspaces: readonly GatewayPolicy[];
}

/** The policies of each gateway in a deployment. */
export function policiesOf(deployment: DeploymentConfig, boundary: ResidencyBoundary) {
  const { models, workspaces, projects, openProjects, openai, providers } = deployment;
  const callers = callersOf(deployment);
  const policy = (kind: 'project' | 'workspace', ids: string[], names: readonly string[]): GatewayPolicy => ({
    boundary: boundary.name,
    ...(boundary._facts && boundary._facts.layers.length > 0 && { facts: boundary._facts.layers }),
    keepsContent: kind === 'workspace',
    tenant: { kind, ids },
    openai,
    ...(providers?.declared.length && { providers: providers.declared }),
    ...(providers?.euOwnedOnly && { euOwnedOnly: true }),
    models: models.filter(({ id }) => names.includes(id)).map(toPolicyModel),
  });
  return {
    ...(callers.length > 0 && {
      projects: {
        ...policy(
          'project',
          projects.map(({ id }) => id),
          callers.flatMap((caller) => caller.models),
        ),
        projects: projects.map(({ guardrails, ...project }) => ({
          ...project,
          models: [...project.models],
          ...applied(guardrails),
        })),
        ...pricesFor(deployment),
        ...(openProjects && {
          openProjects: {
            models: [...openProjects.models],
            limits: openProjects.limits,
            ...applied(openProjects.guardrails),
          },
        }),
      },
    }),
    workspaces: workspaces.map(({ id, models: names, guardrails, limits, groups, courses }) => {
      const own = models.filter((model) => names.includes(model.id));
      return {
        ...policy('workspace', [id], names),
        ...(groups && { groups }),
        ...(courses && { courses }),
        ...(hasDollars({ limits, groups, courses }) && {
          prices: policyPrices(own.flatMap(({ destinations }) => destinations)),
        }),
        ...applied(guardrails),
      };
    }),
  } satisfies LocalPolicies;
}

/** As synth does, only where a budget is in US dollars. */
const pricesFor = (deployment: DeploymentConfig): Pick<GatewayPolicy, 'prices'> =>
  callersOf(deployment).some(({ limits }) => limits.usdPerMonth !== undefined)
    ? { prices: policyPrices(deployment.models.flatMap(({ destinations }) => destinations)) }
    : {};

const applied = (guardrails: readonly GuardrailConfig[] | undefined): { guardrails?: PolicyGuardrail[] } =>
  guardrails === undefined
    ? {}
    : {
        guardrails: guardrails.map(({ region, id, version, profile }) => ({
          region,
          id,
          version,
          ...(profile !== undefined && { profile }),
        })),
      };

const toPolicyModel = ({
  id,
  destinations,
  interchangeable,
  caching,
}: ModelConfig): GatewayPolicy['models'][number] => ({
  id,
  ...(interchangeable !== undefined && { interchangeable }),
  ...(caching !== undefined && { caching }),
  destinations: destinations.map((destination) => {
    if (destination.provider === 'bedrock') {
      const { sourceRegion: region, id: target, api, furtherRegions } = destination;
      return {
        region,
        id: target,
        ...(api && { api }),
        ...(furtherRegions && { furtherRegions: [...furtherRegions] }),
      };
    }
    if (destination.provider === 'openai') return { openai: destination.modelId };
    const { providerName, baseUrl, modelId, kind, addresses, sourceRegion } = destination;
    if (providerName !== undefined) return { provider: providerName, model: modelId, kind };
    return { server: baseUrl, model: modelId, kind, addresses: [...(addresses ?? [])], region: sourceRegion };
  }),
});
