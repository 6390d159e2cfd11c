/** The most courses of a workspace: its gateway reads all of them when it starts. */
export const MOST_COURSES = 500;

/** The most groups of a workspace that have a budget. */
export const MOST_BUDGET_GROUPS = 100;

/** What may be used, in tokens and in US dollars; none of both is no limit. */
export interface Budget {
  readonly tokens?: number;
  readonly usd?: number;
}

/** A course: a group of members whose API keys charge its budget until it ends. */
export interface PolicyCourse {
  readonly id: string;
  /** The name of the group whose members are in the course. */
  readonly group: string;
  /** The only models that its keys may use; none if they may use all of the workspace's. */
  readonly models?: readonly string[];
  /** Its last day in UTC, such as `2027-02-28`. */
  readonly until: string;
  /** For all members together, over the whole course. */
  readonly budget?: Budget;
  /** For each member, over the whole course. */
  readonly budgetPerMember?: Budget;
}

/** The first moment after a course. */
export const endOfCourse = ({ until }: Pick<PolicyCourse, 'until'>): Date =>
  new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000);

/** A group of a workspace's members with a budget for each calendar month in UTC. A member charges the first one that they're in. */
export interface PolicyGroup {
  readonly name: string;
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
}

/** The groups by which budgets and courses go, each once. */
export const namesOfGroups = (
  groups: readonly PolicyGroup[] | undefined = [],
  courses: readonly Pick<PolicyCourse, 'group'>[] | undefined = [],
): string[] => [...new Set([...groups.map(({ name }) => name), ...courses.map(({ group }) => group)])];

/** The budgets of a workspace, as far as they may be in US dollars. */
interface Budgets {
  readonly limits?: { readonly usdPerMonth?: number; readonly usdPerMemberPerMonth?: number };
  readonly groups?: readonly PolicyGroup[];
  readonly courses?: readonly Pick<PolicyCourse, 'budget' | 'budgetPerMember'>[];
}

/** Whether a workspace has a budget in US dollars, for which requests are priced. */
export const hasDollars = ({ limits = {}, groups = [], courses = [] }: Budgets): boolean =>
  [
    limits.usdPerMonth,
    limits.usdPerMemberPerMonth,
    ...groups.map(({ usdPerMonth }) => usdPerMonth),
    ...courses.flatMap(({ budget, budgetPerMember }) => [budget?.usd, budgetPerMember?.usd]),
  ].some((usd) => usd !== undefined);
