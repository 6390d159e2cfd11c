import type { Budget } from '../../contract/courses';
import type { GatewayPolicy, MemberLimits } from '../../contract/policies/gateway-policy';

/** How many counters of budgets one request reads before it is served, and writes after its answer. */
export interface BudgetCounters {
  readonly reads: number;
  readonly writes: number;
}

/**
 * The most counters of budgets that a request needs by a policy; none without budgets. Those of keys and labels are created at run time, and the
 * month of a project is written without a budget too.
 */
export function budgetCounters({
  limits = {},
  groups = [],
  courses = [],
  projects = [],
  openProjects,
}: GatewayPolicy): BudgetCounters | undefined {
  const project = [openProjects?.limits, ...projects.map((one) => one.limits)].some((one) => one && hasMonth(one));
  const workspace = count(hasMonth(limits));
  const group = count(groups.length > 0);
  const { tokensPerMemberPerMonth, usdPerMemberPerMonth } = limits;
  const member = count((tokensPerMemberPerMonth ?? usdPerMemberPerMonth) !== undefined);
  // A member's own month says whether they're the first of the group or the workspace, so it is written for those budgets too.
  const memberWrites = Math.max(member, group, workspace);
  // A share is read and written without a budget too.
  const share = count(courses.length > 0);
  const course = count(courses.some(({ budget }) => isBudget(budget)));
  // A request charges either its member and their group, or the course of its key.
  const reads = workspace + Math.max(member + group, share + course) + count(project);
  const writes = workspace + Math.max(memberWrites + group, share + course);
  return reads + writes === 0 ? undefined : { reads, writes };
}

const count = (has: boolean) => (has ? 1 : 0);

const hasMonth = ({ tokensPerMonth, usdPerMonth }: Pick<MemberLimits, 'tokensPerMonth' | 'usdPerMonth'>) =>
  (tokensPerMonth ?? usdPerMonth) !== undefined;

const isBudget = ({ tokens, usd }: Budget = {}) => (tokens ?? usd) !== undefined;
