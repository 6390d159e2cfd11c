import type { TenantKind } from '../../contract/tenant';
import type { WorkspaceMembers } from '../members/workspace-members';
import type { KeyRegistry } from './key-registry';
import type { Project } from './project';
import type { WorkspaceLimits } from './workspace-limits';

const LEAST_WINDOW = 1_000;

/** Whom a gateway serves, and with that whether it may keep content and how callers show who they are. */
export class GatewayTenant {
  /** The members of one workspace, whose conversations are stored inside the boundary. Callers send a token of their pool. */
  public static workspace(id: string, members: WorkspaceMembers, limits: WorkspaceLimits = {}): GatewayTenant {
    requireLimits(`workspace '${id}'`, { ...limits });
    const { windowTokens = LEAST_WINDOW } = limits;
    if (windowTokens < LEAST_WINDOW) {
      throw new Error(
        `workspace '${id}': 'windowTokens' must be at least ${LEAST_WINDOW}, got ${windowTokens}; a shorter window would hold no turn of a ` +
          'conversation',
      );
    }
    return new GatewayTenant('workspace', [id], true, [], undefined, members, limits);
  }

  /**
   * Projects, whose requests are processed inside the boundary and not stored. Callers send an API key.
   *
   * @param keyRegistry where their keys are
   * @param projects at least one, each once
   */
  public static projects(keyRegistry: KeyRegistry, ...projects: Project[]): GatewayTenant {
    for (const { id, requestsPerMinute, tokensPerDay } of projects) {
      requireLimits(`project '${id}'`, { requestsPerMinute, tokensPerDay });
    }
    const ids = projects.map((project) => project.id);
    return new GatewayTenant('project', ids, false, projects, keyRegistry);
  }

  /** `workspace` or `project`. */
  public readonly kind: string;

  private constructor(
    /** @internal */
    public readonly _kind: TenantKind,
    /** The tenants' ids: one workspace, or every project behind the gateway. */
    public readonly ids: string[],
    /** Whether content may be kept for this tenant. */
    public readonly keepsContent: boolean,
    /** What each project may use; none for a workspace. */
    public readonly servedProjects: Project[],
    /** Where the keys of projects are; none for a workspace. */
    public readonly keyRegistry?: KeyRegistry,
    /** Who comes into a workspace; none for projects. */
    public readonly members?: WorkspaceMembers,
    /** What the members of a workspace may use; none for projects. */
    public readonly limits?: WorkspaceLimits,
  ) {
    this.kind = _kind;
    const wrong = ids.find((id) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(id));
    if (wrong !== undefined) {
      throw new Error(
        `the id of a ${_kind} must be lower-case letters, digits and inner hyphens, at most 63, because names and tags ` +
          `are made of it, got '${wrong}'`,
      );
    }
    if (ids.length === 0 || new Set(ids).size !== ids.length) {
      throw new Error(
        `a gateway needs at least one ${_kind}, and each once, got '${ids.join(', ')}'; name every ${_kind} that it serves`,
      );
    }
  }
}

function requireLimits(whose: string, limits: Readonly<Record<string, number | undefined>>): void {
  for (const [prop, limit] of Object.entries(limits)) {
    // A number that is known at deployment only is no whole number either: the policy is written at synthesis.
    if (limit === undefined || (Number.isSafeInteger(limit) && limit > 0)) continue;
    throw new Error(
      `${whose}: '${prop}' must be a positive whole number that is known at synthesis, got ${limit}; leave it out for ` +
        'no limit',
    );
  }
}
