import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import type { Member } from '../../http/member';
import type { GatewayEnv, ProjectKeyUse } from '../policy/gateway-env';

/** A project, workspace or member whose tokens are counted, with the limits that are enforced for it. */
export interface RateLimited {
  readonly kind: 'project' | 'workspace' | 'member' | 'key';
  /** The project's or workspace's ID. */
  readonly tenant: string;
  /** A member's ID within their workspace. */
  readonly member?: string;
  /** The ID of one of the member's or project's keys, whose requests and tokens are counted apart. */
  readonly key?: string;
  /** The label of a project's key, whose tokens are counted apart. */
  readonly label?: string;
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
  readonly concurrentRequests?: number;
  /** The budget of a calendar month in UTC. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  readonly storedBytesPerDay?: number;
}

/** The start of a message, which names the owner of a limit. */
export const OWNER_HAS: Readonly<Record<RateLimited['kind'], string>> = {
  project: 'the project has',
  workspace: 'the workspace has',
  member: 'you have',
  key: 'your key has',
};

/** The owner of the limits that apply to a request; undefined until the request is authenticated. */
export type LimitsOf = (
  request: Pick<GatewayEnv['Variables'], 'project' | 'projectKey' | 'member'>,
) => readonly RateLimited[] | undefined;

/** The limits of the project that owns the request's key, and those of the key itself. */
export const limitsOfProject: LimitsOf = ({ project, projectKey }) =>
  project && [...ofProjectKey(project.id, projectKey), { kind: 'project', tenant: project.id, ...project.limits }];

/** A key without budgets and without a counted label isn't counted apart. */
function ofProjectKey(tenant: string, used: ProjectKeyUse | undefined): RateLimited[] {
  const { id: key, label, tokensPerMonth, usdPerMonth } = used ?? {};
  if (key === undefined || (label ?? tokensPerMonth ?? usdPerMonth) === undefined) return [];
  return [{ kind: 'key', tenant, key, label, tokensPerMonth, usdPerMonth }];
}

/** The limits of a workspace and of the requesting member. An answer counts for both. */
export const limitsOfWorkspace =
  (
    tenant: string,
    {
      tokensPerMemberPerDay,
      requestsPerMemberPerMinute,
      storedBytesPerMemberPerDay,
      tokensPerDay,
      requestsPerMinute,
      concurrentRequests,
    }: NonNullable<GatewayPolicy['limits']> = {},
  ): LimitsOf =>
  ({ member }) =>
    member && [
      ...ofKey(tenant, member),
      {
        kind: 'member',
        tenant,
        member: member.id,
        tokensPerDay: tokensPerMemberPerDay,
        requestsPerMinute: requestsPerMemberPerMinute,
        storedBytesPerDay: storedBytesPerMemberPerDay,
      },
      { kind: 'workspace', tenant, tokensPerDay, requestsPerMinute, concurrentRequests },
    ];

/** The caps of the key by which a member authenticated. A key without caps isn't counted apart. */
function ofKey(tenant: string, { id: member, key }: Member): RateLimited[] {
  if (key === undefined || (key.requestsPerMinute ?? key.tokensPerDay) === undefined) return [];
  const { id, ...caps } = key;
  return [{ kind: 'key', tenant, member, key: id, ...caps }];
}
