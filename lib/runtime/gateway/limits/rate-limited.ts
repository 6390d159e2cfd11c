import { endOfCourse, type PolicyCourse } from '../../../contract/courses';
import { MINIMUM_GROUP } from '../../../contract/monitoring';
import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import { budgetGroupsOf, type Member } from '../../http/member';
import type { GatewayEnv, ProjectKeyUse } from '../policy/gateway-env';
import type { ChargedCourse } from './windows';

/** A project, workspace or member whose tokens are counted, with the limits that are enforced for it. */
export interface RateLimited {
  readonly kind: 'project' | 'workspace' | 'group' | 'course' | 'member' | 'share' | 'key' | 'label';
  /** The project's or workspace's ID. */
  readonly tenant: string;
  /** A member's ID within their workspace. */
  readonly member?: string;
  /** The ID of one of the member's or project's keys, whose requests and tokens are counted apart. */
  readonly key?: string;
  /** The name of a group of members. */
  readonly group?: string;
  /** The course whose budget, or a member's share of it, this is: over the whole course instead of a month. */
  readonly course?: ChargedCourse;
  /** Whether its month is counted also without a budget. */
  readonly countsMonth?: boolean;
  /**
   * From how many members on it is said that their shared budget is nearly used up. Whatever has it is shared, and no figure of its use is
   * told.
   *
   * @default - it is no budget of several members or customers
   */
  readonly minimumGroup?: number;
  /** The label of a project's keys: what they use is counted apart. */
  readonly label?: string;
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
  readonly concurrentRequests?: number;
  /** The budget of a calendar month in UTC, or of the whole course. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  readonly storedBytesPerDay?: number;
}

/** The start of a message, which names the owner of a limit. */
export const OWNER_HAS: Readonly<Record<RateLimited['kind'], string>> = {
  project: 'the project has',
  workspace: 'the workspace has',
  group: 'your group has',
  course: 'the course has',
  member: 'you have',
  share: 'you have',
  key: 'your key has',
  label: 'your label has',
};

/** The owner of the limits that apply to a request; undefined until the request is authenticated. */
export type LimitsOf = (
  request: Pick<GatewayEnv['Variables'], 'project' | 'projectKey' | 'member'>,
) => readonly RateLimited[] | undefined;

/**
 * The limits of the project that owns the request's key, and those of the key itself. A label stands for one of several customers, so with
 * such a key the project is shared.
 */
export const limitsOfProject: LimitsOf = ({ project, projectKey }) =>
  project && [
    ...ofProjectKey(project.id, projectKey),
    {
      kind: 'project',
      tenant: project.id,
      ...project.limits,
      ...(projectKey?.label !== undefined && { minimumGroup: 0 }),
    },
  ];

/** A key without budgets and without a counted label isn't counted apart. */
function ofProjectKey(tenant: string, used: ProjectKeyUse | undefined): RateLimited[] {
  const { id: key, label, tokensPerMonth, usdPerMonth } = used ?? {};
  const hasOwn = key !== undefined && (tokensPerMonth ?? usdPerMonth) !== undefined;
  return [
    ...(hasOwn ? [{ kind: 'key' as const, tenant, key, tokensPerMonth, usdPerMonth }] : []),
    ...(label === undefined ? [] : [{ kind: 'label' as const, tenant, label, countsMonth: true }]),
  ];
}

/** The budgets of a workspace's groups and courses. */
export interface SharedBudgets extends Pick<GatewayPolicy, 'groups' | 'courses'> {
  readonly monitoring?: Pick<NonNullable<GatewayPolicy['monitoring']>, 'minimumGroup'>;
}

/**
 * The limits of a workspace and of the requesting member, and the budgets that the request charges. An answer counts for all of them. A
 * request with a key that names a course charges the course and the workspace, and no month of its member or their group.
 */
export function limitsOfWorkspace(
  tenant: string,
  limits: NonNullable<GatewayPolicy['limits']> = {},
  { groups = [], courses = [], monitoring }: SharedBudgets = {},
): LimitsOf {
  const { tokensPerMonth, usdPerMonth, tokensPerMemberPerMonth, usdPerMemberPerMonth } = limits;
  const minimumGroup = monitoring?.minimumGroup ?? MINIMUM_GROUP;
  const courseOf = new Map(courses.map((course) => [course.id, course]));
  // Whose use is the first of the month is found by the member's own count.
  const countsMonth = groups.length > 0 || (tokensPerMonth ?? usdPerMonth) !== undefined;
  return ({ member }) => {
    if (member === undefined) return undefined;
    const course = member.key?.course === undefined ? undefined : courseOf.get(member.key.course);
    const named = budgetGroupsOf(member);
    const group = course ? undefined : groups.find(({ name }) => named.includes(name));
    return [
      ...ofKey(tenant, member),
      {
        kind: 'member',
        tenant,
        member: member.id,
        tokensPerDay: limits.tokensPerMemberPerDay,
        requestsPerMinute: limits.requestsPerMemberPerMinute,
        storedBytesPerDay: limits.storedBytesPerMemberPerDay,
        ...(!course && {
          tokensPerMonth: tokensPerMemberPerMonth,
          usdPerMonth: usdPerMemberPerMonth,
          ...(countsMonth && { countsMonth }),
        }),
      },
      ...(course ? ofCourse(tenant, member.id, course, minimumGroup) : []),
      ...(group
        ? [
            {
              kind: 'group' as const,
              tenant,
              group: group.name,
              tokensPerMonth: group.tokensPerMonth,
              usdPerMonth: group.usdPerMonth,
              minimumGroup,
            },
          ]
        : []),
      {
        kind: 'workspace',
        tenant,
        tokensPerDay: limits.tokensPerDay,
        requestsPerMinute: limits.requestsPerMinute,
        concurrentRequests: limits.concurrentRequests,
        tokensPerMonth,
        usdPerMonth,
        minimumGroup,
      },
    ];
  };
}

/** A member's share of a course, which is counted without a budget too, and the course as a whole, which isn't. */
function ofCourse(tenant: string, member: string, declared: PolicyCourse, minimumGroup: number): RateLimited[] {
  const { id, budget, budgetPerMember } = declared;
  const course = { id, end: endOfCourse(declared) };
  return [
    {
      kind: 'share',
      tenant,
      member,
      course,
      tokensPerMonth: budgetPerMember?.tokens,
      usdPerMonth: budgetPerMember?.usd,
      countsMonth: true,
    },
    { kind: 'course', tenant, course, tokensPerMonth: budget?.tokens, usdPerMonth: budget?.usd, minimumGroup },
  ];
}

/** The caps of the key by which a member authenticated. A key without caps isn't counted apart. */
function ofKey(tenant: string, { id: member, key }: Member): RateLimited[] {
  const { id, requestsPerMinute, tokensPerDay, tokensPerMonth, usdPerMonth } = key ?? {};
  if (id === undefined || (requestsPerMinute ?? tokensPerDay ?? tokensPerMonth ?? usdPerMonth) === undefined) return [];
  return [{ kind: 'key', tenant, member, key: id, requestsPerMinute, tokensPerDay, tokensPerMonth, usdPerMonth }];
}
