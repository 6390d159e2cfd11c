import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import { openAiTermsOf } from '../../boundary/provider';
import type { AnyDestination } from '../../boundary/server';
import { hasDollars } from '../../contract/courses';
import type {
  GatewayPolicy,
  MemberLimits,
  PolicyModel,
  PolicyOpenProjects,
  ProjectLimits,
} from '../../contract/policies/gateway-policy';
import { policyPrice, policyPrices } from '../../contract/policy-prices';
import { OPEN_PROJECTS } from '../../contract/tenant';
import { bedrockOf, type DecidedModel } from '../checks/inference-model';
import { policyLayers } from '../checks/policy-layers';
import type { GatewayGuardrails } from './gateway-guardrails';
import type { GatewayTenant } from './gateway-tenant';
import type { OpenProjects } from './open-projects';
import type { Project } from './project';
import { requireCourseModels } from './workspace-budgets';
import type { WorkspaceLimits } from './workspace-limits';

/** The policy of one gateway. */
export function gatewayPolicy(
  boundary: ResidencyBoundary,
  tenant: GatewayTenant,
  models: readonly DecidedModel[],
  maxReadingAgeHours = 24,
  guardrails?: GatewayGuardrails,
  { providers = [], euOwnedOnly = false }: OutsideAws = {},
): GatewayPolicy {
  const servesProjects = tenant._kind === 'project';
  requireCourseModels(
    tenant._budgets.courses,
    models.map(({ id }) => id),
  );
  // Undefined values aren't written. A spread would hide a misspelt key from the compiler.
  return {
    boundary: boundary.name,
    facts: policyLayers(boundary, bedrockOf(models), guardrails?.all, providers),
    ...outsidePolicy(providers),
    euOwnedOnly: euOwnedOnly || undefined,
    keepsContent: tenant.keepsContent,
    tenant: { kind: tenant._kind, ids: tenant.ids },
    models: models.map((model) => ({
      id: model.id,
      destinations: model.destinations.map(toTarget),
      interchangeable: model.interchangeable,
      caching: model.caching,
    })),
    identity: tenant.members?._tokenGroups,
    memberKeys: tenant._memberKeys,
    groups: tenant._budgets.groups,
    courses: tenant._budgets.courses,
    limits: tenant.members && limitsOf(tenant.limits),
    monitoring: tenant.monitoring && {
      minimumGroup: tenant.monitoring.minimumGroup,
      groups: tenant.monitoring.reportGroups,
      perMember: tenant.monitoring.perMember,
    },
    corsOrigins: tenant.members?.corsOrigins,
    maxReadingAgeHours: servesProjects ? maxReadingAgeHours : undefined,
    projects: servesProjects
      ? tenant.servedProjects.map((project) => ({
          id: project.id,
          models: project.models ?? models.map((model) => model.id),
          limits: projectLimits(project),
          guardrails: guardrails?.named(project.id),
        }))
      : undefined,
    openProjects: tenant.openProjects && openOf(tenant.openProjects, models, guardrails),
    guardrails: servesProjects ? undefined : guardrails?.named(tenant.ids[0] ?? ''),
    prices: pricesFor(tenant, models),
  };
}

/** The providers outside AWS of a gateway's models, and whether all providers must be under EU law. */
export interface OutsideAws {
  readonly providers?: readonly DeclaredProvider[];
  readonly euOwnedOnly?: boolean;
}

/** OpenAI is declared by its terms, as in `residency.yaml`. */
function outsidePolicy(providers: readonly DeclaredProvider[]): Pick<GatewayPolicy, 'openai' | 'providers'> {
  const openai = providers.find(({ service }) => service === 'openai');
  const declared = providers.filter((provider) => provider !== openai);
  return {
    openai: openai && openAiTermsOf(openai),
    providers: declared.length > 0 ? declared : undefined,
  };
}

/** Prices are needed where a budget is in US dollars only: a policy without one is as it was before there were budgets. */
function pricesFor(tenant: GatewayTenant, models: readonly DecidedModel[]): GatewayPolicy['prices'] {
  const owners = [
    ...tenant.servedProjects.map((project) => ({ ...project, whose: `project '${project.id}'` })),
    ...(tenant.openProjects ? [{ ...tenant.openProjects, whose: 'open projects' }] : []),
  ].filter(({ usdPerMonth }) => usdPerMonth !== undefined);
  const all = [...owners, ...ofWorkspace(tenant)];
  for (const { whose, models: own } of all) {
    requirePrices(
      whose,
      models.filter(({ id }) => own?.includes(id) ?? true),
    );
  }
  return all.length > 0 ? policyPrices(models.flatMap(({ destinations }) => destinations)) : undefined;
}

/** The budgets of a workspace that are in US dollars, each with the models that may charge it. */
function ofWorkspace({ kind, ids, limits, _budgets: { groups, courses = [] } }: GatewayTenant) {
  const inDollars = kind === 'workspace' && hasDollars({ limits, groups });
  return [
    ...(inDollars ? [{ whose: `workspace '${ids[0]}'`, models: undefined }] : []),
    ...courses
      .filter((course) => hasDollars({ courses: [course] }))
      .map(({ id, models }) => ({ whose: `course '${id}'`, models })),
  ];
}

/** @throws if a destination has no price, because a budget in US dollars would never be used up by it */
function requirePrices(whose: string, models: readonly DecidedModel[]): void {
  for (const { id, destinations } of models) {
    const unpriced = destinations.find((destination) => policyPrice(destination) === undefined);
    if (unpriced === undefined) continue;
    throw new Error(
      `${whose}: a budget in US dollars can't be counted, because the facts have no reliable price of '${unpriced.id}', a destination of model ` +
        `'${id}'; set one in tokens instead, or name destinations with a price`,
    );
  }
}

/** The limits that a policy states, without the other properties of what declares them. */
export const projectLimits = ({
  requestsPerMinute,
  tokensPerDay,
  concurrentRequests,
  tokensPerMonth,
  usdPerMonth,
}: Project | OpenProjects): ProjectLimits => ({
  requestsPerMinute,
  tokensPerDay,
  concurrentRequests,
  tokensPerMonth,
  usdPerMonth,
});

const openOf = (
  open: OpenProjects,
  models: readonly DecidedModel[],
  guardrails: GatewayGuardrails | undefined,
): PolicyOpenProjects => ({
  models: open.models ?? models.map((model) => model.id),
  limits: projectLimits(open),
  guardrails: guardrails?.named(OPEN_PROJECTS),
});

/** The limits alone, of whatever else has them too. */
export const limitsOf = ({
  tokensPerMemberPerDay,
  requestsPerMemberPerMinute,
  storedBytesPerMemberPerDay,
  tokensPerDay,
  requestsPerMinute,
  concurrentRequests,
  tokensPerMonth,
  usdPerMonth,
  tokensPerMemberPerMonth,
  usdPerMemberPerMonth,
  windowTokens,
}: WorkspaceLimits = {}): MemberLimits => ({
  tokensPerMemberPerDay,
  requestsPerMemberPerMinute,
  storedBytesPerMemberPerDay,
  tokensPerDay,
  requestsPerMinute,
  concurrentRequests,
  tokensPerMonth,
  usdPerMonth,
  tokensPerMemberPerMonth,
  usdPerMemberPerMonth,
  windowTokens,
});

function toTarget(destination: AnyDestination): PolicyModel['destinations'][number] {
  if (destination.provider === 'bedrock') {
    const { sourceRegion, id, api, furtherRegions } = destination;
    return { region: sourceRegion, id, api, furtherRegions };
  }
  const { provider, providerName = '', baseUrl, modelId, kind, addresses, sourceRegion } = destination;
  if (provider === 'openai') return { openai: modelId };
  if (provider === 'external') return { provider: providerName, model: modelId, kind };
  return { server: baseUrl, model: modelId, kind, addresses, region: sourceRegion };
}

/** The bundle that serves a policy: only that of a workspace can store content. */
export const gatewayBundle = ({ tenant }: GatewayPolicy) => (tenant.kind === 'workspace' ? 'workspace' : 'gateway');
