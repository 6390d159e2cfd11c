import { isWholeCents, LEAST_USD, MOST_USD } from '../../contract/budget';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import { OPEN_PROJECTS, type TenantKind } from '../../contract/tenant';
import type { InferenceGuardrail } from '../guardrails/inference-guardrail';
import type { WorkspaceMembers } from '../members/workspace-members';
import type { WorkspaceMonitoring } from '../members/workspace-monitoring';
import type { KeyRegistry } from './key-registry';
import { type MemberKeys, signInWithinDays } from './member-keys';
import type { OpenProjects } from './open-projects';
import type { Project } from './project';
import { type PolicyBudgets, policyBudgets, type WorkspaceBudgets } from './workspace-budgets';
import type { WorkspaceLimits } from './workspace-limits';

const MIN_WINDOW = 1_000;
const MOST_OPEN_PROJECTS = 1_000;

/** The tenant that a gateway serves. It determines whether the gateway stores content, and how callers authenticate. */
export class GatewayTenant {
  /**
   * The members of one workspace, whose conversations are stored inside the boundary. Callers send a token of their
   * user pool.
   *
   * @param guardrails the guardrails that check users' messages and answers, one for each source Region of its models; by
   *   default none
   * @param memberKeys the API keys that its members create for themselves; by default they create none
   * @param monitoring what is shown about use; by default use of at least 10 members together
   * @param budgets the budgets of groups and courses; by default there are none
   * @throws if the ID isn't allowed, a limit isn't a positive whole number, or the period of the keys isn't allowed
   */
  public static workspace(
    id: string,
    members: WorkspaceMembers,
    limits: WorkspaceLimits = {},
    guardrails: InferenceGuardrail[] = [],
    memberKeys?: MemberKeys,
    monitoring?: WorkspaceMonitoring,
    budgets: WorkspaceBudgets = {},
  ): GatewayTenant {
    const { usdPerMonth, usdPerMemberPerMonth, ...counts } = limits;
    requireLimits(`workspace '${id}'`, { ...counts });
    requireBudget(`workspace '${id}'`, { usdPerMonth, usdPerMemberPerMonth });
    const { windowTokens = MIN_WINDOW } = limits;
    if (windowTokens < MIN_WINDOW) {
      throw new Error(
        `workspace '${id}': 'windowTokens' must be at least ${MIN_WINDOW} because a shorter window can't hold a turn of a conversation, ` +
          `got ${windowTokens}; use ${MIN_WINDOW} or more`,
      );
    }
    const keys = memberKeys && { signInWithinDays: signInWithinDays(`workspace '${id}'`, memberKeys) };
    return new GatewayTenant(
      'workspace',
      [id],
      true,
      [],
      undefined,
      members,
      limits,
      guardrails,
      keys,
      undefined,
      monitoring,
      policyBudgets(`workspace '${id}'`, budgets, memberKeys !== undefined),
    );
  }

  /**
   * Projects, whose requests are processed inside the boundary and not stored. Callers send an API key.
   *
   * @param keyRegistry the registry with their keys
   * @param projects at least one project, each once
   * @throws if there is no project, one is repeated, an ID isn't allowed, or a limit isn't a positive whole number
   */
  public static projects(keyRegistry: KeyRegistry, ...projects: Project[]): GatewayTenant {
    for (const project of projects) requireProjectLimits(`project '${project.id}'`, project);
    const ids = projects.map((project) => project.id);
    return new GatewayTenant('project', ids, false, projects, keyRegistry);
  }

  /**
   * Projects that are created at run time, and perhaps others that are declared. Their requests are processed inside the boundary
   * and not stored. Callers send an API key.
   *
   * @param keyRegistry the registry with their keys
   * @param open what the projects may be that are created at run time
   * @param projects the declared projects, each once; there may be none
   * @throws if a project is repeated, an ID isn't allowed, a limit or the maximum isn't a positive whole number, or there are over
   *   1,000 open projects
   */
  public static withOpenProjects(keyRegistry: KeyRegistry, open: OpenProjects, ...projects: Project[]): GatewayTenant {
    const { maximum } = open;
    requireProjectLimits('open projects', open);
    requireLimits('open projects', { maximum });
    if (maximum > MOST_OPEN_PROJECTS) {
      throw new Error(
        `open projects: 'maximum' must be at most ${MOST_OPEN_PROJECTS}, got ${maximum}; deploy others in another account`,
      );
    }
    if (projects.length > 0) GatewayTenant.projects(keyRegistry, ...projects);
    const ids = projects.map((project) => project.id);
    if (ids.includes(OPEN_PROJECTS)) {
      throw new Error(`project '${OPEN_PROJECTS}': the ID stands for all open projects in metrics; choose another ID`);
    }
    return new GatewayTenant('project', ids, false, projects, keyRegistry, undefined, undefined, [], undefined, open);
  }

  /** `workspace` or `project`. */
  public readonly kind: string;

  /**
   * The tenants in the text of descriptions.
   *
   * @internal
   */
  public readonly _names: string;

  private constructor(
    /** @internal */
    public readonly _kind: TenantKind,
    /** The tenants' IDs: one workspace, or every project behind the gateway. */
    public readonly ids: string[],
    /** Whether the gateway may store content of this tenant. */
    public readonly keepsContent: boolean,
    /** The projects with their models and limits; none for a workspace. */
    public readonly servedProjects: Project[],
    /** The registry with the keys of the projects; none for a workspace. */
    public readonly keyRegistry?: KeyRegistry,
    /** The members of the workspace; none for projects. */
    public readonly members?: WorkspaceMembers,
    /** The limits of the workspace's members; none for projects. */
    public readonly limits?: WorkspaceLimits,
    /** The guardrails of the workspace; projects have their own. */
    public readonly guardrails: InferenceGuardrail[] = [],
    /** @internal */
    public readonly _memberKeys?: NonNullable<GatewayPolicy['memberKeys']>,
    /** What projects may be that are created at run time; none if there are none. */
    public readonly openProjects?: OpenProjects,
    /** What is shown about the use of the workspace; none for projects. */
    public readonly monitoring?: WorkspaceMonitoring,
    /** @internal */
    public readonly _budgets: PolicyBudgets = {},
  ) {
    this.kind = _kind;
    this._names = [...ids, ...(openProjects ? [`up to ${openProjects.maximum} open ones`] : [])].join(', ');
    const wrong = ids.find((id) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(id));
    if (wrong !== undefined) {
      throw new Error(
        `the ID of a ${_kind} must be at most 63 lower-case letters, digits and inner hyphens because names and tags contain it, ` +
          `got '${wrong}'; rename the ${_kind}`,
      );
    }
    if ((ids.length === 0 && openProjects === undefined) || new Set(ids).size !== ids.length) {
      throw new Error(
        `a gateway must serve at least one ${_kind}, and each once, got '${ids.join(', ')}'; name every ${_kind} once`,
      );
    }
  }
}

function requireProjectLimits(whose: string, { usdPerMonth, ...limits }: Project | OpenProjects): void {
  const { requestsPerMinute, tokensPerDay, concurrentRequests, tokensPerMonth } = limits;
  requireLimits(whose, { requestsPerMinute, tokensPerDay, concurrentRequests, tokensPerMonth });
  requireBudget(whose, { usdPerMonth });
}

function requireBudget(whose: string, budgets: Readonly<Record<string, number | undefined>>): void {
  for (const [prop, amount] of Object.entries(budgets)) {
    if (amount === undefined || (amount >= LEAST_USD && amount <= MOST_USD && isWholeCents(amount))) continue;
    throw new Error(
      `${whose}: '${prop}' must be an amount from ${LEAST_USD} to ${MOST_USD} US dollars with at most two decimals that is known at ` +
        `synthesis, got ${amount}; leave it out for no limit`,
    );
  }
}

function requireLimits(whose: string, limits: Readonly<Record<string, number | undefined>>): void {
  for (const [prop, limit] of Object.entries(limits)) {
    // The policy is written at synthesis, so a number that is known only at deployment is refused too.
    if (limit === undefined || (Number.isSafeInteger(limit) && limit > 0)) continue;
    throw new Error(
      `${whose}: '${prop}' must be a positive whole number that is known at synthesis, got ${limit}; leave it out for ` +
        'no limit',
    );
  }
}
