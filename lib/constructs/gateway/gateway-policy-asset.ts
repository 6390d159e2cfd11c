import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { AnyDestination } from '../../boundary/server';
import type { DecidedModel } from '../checks/inference-model';
import { withHandlerAsset } from '../functions/handler-asset';
import type { GatewayTenant } from './gateway-tenant';
import type { WorkspaceLimits } from './workspace-limits';

/** What the handler reads from `policy.json`, beside it: the same decisions that the role and the endpoint are made of. */
export interface GatewayPolicy {
  readonly boundary: string;
  readonly keepsContent: boolean;
  readonly tenant: { readonly kind: string; readonly ids: readonly string[] };
  readonly models: readonly {
    readonly id: string;
    readonly destinations: readonly (BedrockTarget | ServerTarget)[];
  }[];
  /** How old the reading of a Region's settings may be before no project is served from it; projects only. */
  readonly maxReadingAgeHours?: number;
  readonly identity?: {
    readonly groupsClaim: string;
    readonly groups: Readonly<Record<'member' | 'admin' | 'auditor', readonly string[]>>;
  };
  readonly limits?: WorkspaceLimits;
  readonly corsOrigins?: readonly string[];
  readonly projects?: readonly {
    readonly id: string;
    readonly models: readonly string[];
    readonly limits: { readonly requestsPerMinute?: number; readonly tokensPerDay?: number };
  }[];
}

interface BedrockTarget {
  readonly region: string;
  readonly id: string;
  readonly furtherRegions?: readonly string[];
}

interface ServerTarget {
  readonly server: string;
  readonly model: string;
  readonly kind: string;
  readonly addresses?: readonly string[];
  readonly region: string;
}

/** The policy of one gateway. */
export function gatewayPolicy(
  boundary: ResidencyBoundary,
  tenant: GatewayTenant,
  models: readonly DecidedModel[],
  maxReadingAgeHours = 24,
): GatewayPolicy {
  return {
    boundary: boundary.name,
    keepsContent: tenant.keepsContent,
    tenant: { kind: tenant.kind, ids: tenant.ids },
    models: models.map((model) => ({
      id: model.id,
      destinations: model.destinations.map(toTarget),
    })),
    ...(tenant.members && {
      identity: tenant.members._tokenGroups,
      limits: limitsOf(tenant.limits),
      corsOrigins: tenant.members.corsOrigins,
    }),
    ...(tenant.kind === 'project' && {
      maxReadingAgeHours,
      projects: tenant.servedProjects.map(({ id, requestsPerMinute, tokensPerDay, ...project }) => ({
        id,
        models: project.models ?? models.map((model) => model.id),
        limits: { requestsPerMinute, tokensPerDay },
      })),
    }),
  };
}

const limitsOf = ({ tokensPerMemberPerDay, tokensPerDay, requestsPerMinute, windowTokens }: WorkspaceLimits = {}) => ({
  tokensPerMemberPerDay,
  tokensPerDay,
  requestsPerMinute,
  windowTokens,
});

function toTarget(destination: AnyDestination): BedrockTarget | ServerTarget {
  if (destination.provider === 'bedrock') {
    const { sourceRegion, id, furtherRegions } = destination;
    return { region: sourceRegion, id, ...(furtherRegions && { furtherRegions }) };
  }
  const { baseUrl, modelId, kind, addresses, sourceRegion } = destination;
  return { server: baseUrl, model: modelId, kind, addresses, region: sourceRegion };
}

/** The bundle of the gateway that a policy is for, with the policy beside it, for as long as `use` runs. */
export const withGatewayAsset = <T>(scope: Construct, policy: GatewayPolicy, use: (directory: string) => T): T =>
  withHandlerAsset(scope, policy.tenant.kind === 'workspace' ? 'workspace' : 'gateway', policy, use);
