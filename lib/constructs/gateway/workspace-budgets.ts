import { Token } from 'aws-cdk-lib/core';
import { isWholeCents, LEAST_USD, MOST_MONTH_TOKENS, MOST_USD } from '../../contract/budget';
import {
  type Budget,
  MOST_BUDGET_GROUPS,
  MOST_COURSES,
  type PolicyCourse,
  type PolicyGroup,
} from '../../contract/courses';

/** What may be used of models over the whole of a course. */
export interface CourseBudget {
  /**
   * Maximum tokens of prompts and answers.
   *
   * @default - no limit
   */
  readonly tokens?: number;

  /**
   * Maximum cost of models, in US dollars at the prices of the facts.
   *
   * @default - no limit
   */
  readonly usd?: number;
}

/** A group of members whose API keys charge its budget until it ends. */
export interface Course {
  /** Its ID, unique in the workspace. Members name it when they create a key. */
  readonly courseId: string;

  /** The name of the group whose members are in the course: in their tokens, or with SCIM its `displayName`. */
  readonly group: string;

  /**
   * The IDs of the models that its keys may use.
   *
   * @default - all models of the workspace
   */
  readonly models?: string[];

  /**
   * Its last day in UTC, such as `2027-02-28`. Its keys stop with it. What was used belongs to the ID, also after you extend the
   * course: another term is another course, with another ID.
   */
  readonly until: string;

  /**
   * For all members together.
   *
   * @default - no limit
   */
  readonly budget?: CourseBudget;

  /**
   * For each member.
   *
   * @default - no limit
   */
  readonly budgetPerMember?: CourseBudget;
}

/** A group of members with a budget for each calendar month in UTC. */
export interface GroupBudget {
  /** The group's name in members' tokens, or with SCIM its `displayName`. The budget belongs to the name: under another spelling, no one is in the group. */
  readonly name: string;

  /**
   * Maximum tokens of prompts and answers of all its members per month.
   *
   * @default - no limit
   */
  readonly tokensPerMonth?: number;

  /**
   * Maximum cost of models for all its members per month, in US dollars at the prices of the facts.
   *
   * @default - no limit
   */
  readonly usdPerMonth?: number;
}

/** The budgets of groups of a workspace's members. */
export interface WorkspaceBudgets {
  /**
   * Groups with a budget, at most 100. A member's requests charge the first one that they're in, except those with a key that
   * charges a course.
   *
   * @default - no group has a budget
   */
  readonly groups?: GroupBudget[];

  /**
   * Courses, at most 500. Requires API keys of members.
   *
   * @default - there are no courses
   */
  readonly courses?: Course[];
}

/** What a policy says of budgets. */
export interface PolicyBudgets {
  readonly groups?: readonly PolicyGroup[];
  readonly courses?: readonly PolicyCourse[];
}

/**
 * The budgets of groups and courses in a policy.
 *
 * @throws if there are too many, one is declared twice, or a name, an ID, an amount or a last day isn't one that `residency.yaml` may have
 */
export function policyBudgets(whose: string, { groups, courses }: WorkspaceBudgets, hasKeys: boolean): PolicyBudgets {
  requireList(
    whose,
    'groups',
    groups?.map(({ name }) => name),
    MOST_BUDGET_GROUPS,
  );
  requireList(
    whose,
    'courses',
    courses?.map(({ courseId }) => courseId),
    MOST_COURSES,
  );
  for (const { name, tokensPerMonth, usdPerMonth } of groups ?? []) {
    requireGroup(whose, name);
    requireAmounts(`${whose}: group '${name}'`, { tokensPerMonth }, { usdPerMonth });
  }
  for (const { courseId, group, until, models, budget, budgetPerMember } of courses ?? []) {
    requireCourseId(whose, courseId);
    const course = `${whose}: course '${courseId}'`;
    requireGroup(course, group);
    requireDay(course, until);
    if (models?.length === 0) {
      throw new Error(
        `${course}: 'models' must name at least one model, got none; leave it out for all of the workspace`,
      );
    }
    for (const one of [budget, budgetPerMember]) {
      if (one !== undefined) requireAmounts(course, { tokens: one.tokens }, { usd: one.usd });
    }
  }
  if (courses !== undefined && !hasKeys) {
    throw new Error(
      `${whose}: 'courses' need API keys of members because only a key charges a course; set 'memberKeys'`,
    );
  }
  return {
    groups: groups?.map(({ name, tokensPerMonth, usdPerMonth }) => ({ name, tokensPerMonth, usdPerMonth })),
    courses: courses?.map(({ courseId, group, models, until, budget, budgetPerMember }) => ({
      id: courseId,
      group,
      models,
      until,
      budget: toBudget(budget),
      budgetPerMember: toBudget(budgetPerMember),
    })),
  };
}

const toBudget = (budget: CourseBudget | undefined): Budget | undefined =>
  budget && { tokens: budget.tokens, usd: budget.usd };

function requireList(whose: string, what: string, ids: readonly string[] | undefined, most: number): void {
  if (ids === undefined) return;
  if (ids.length === 0 || ids.length > most) {
    throw new Error(
      `${whose}: '${what}' must have 1 to ${most} entries because the gateway reads all of them when it starts, got ${ids.length}; leave it ` +
        'out if there are none',
    );
  }
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice === undefined) return;
  throw new Error(
    `${whose}: '${what}' must have each entry once because its use is counted by name, got '${twice}' twice`,
  );
}

type Amounts = Readonly<Record<string, number | undefined>>;

/** Policies are written at synthesis, so a number that is known only at deployment is refused too. */
function requireAmounts(whose: string, tokens: Amounts, dollars: Amounts): void {
  const given = (amounts: Amounts) =>
    Object.entries(amounts).flatMap(([name, amount]) => (amount === undefined ? [] : [[name, amount] as const]));
  if (given({ ...tokens, ...dollars }).length === 0) {
    const names = Object.keys({ ...tokens, ...dollars }).join("' or '");
    throw new Error(`${whose}: a budget must have '${names}', got none of them; leave the budget out for no limit`);
  }
  for (const [name, count] of given(tokens)) {
    if (Number.isSafeInteger(count) && count > 0 && count <= MOST_MONTH_TOKENS) continue;
    throw new Error(
      `${whose}: '${name}' must be a whole number from 1 to ${MOST_MONTH_TOKENS} that is known at synthesis, got ${count}; leave it out for no limit`,
    );
  }
  for (const [name, amount] of given(dollars)) {
    if (amount >= LEAST_USD && amount <= MOST_USD && isWholeCents(amount)) continue;
    throw new Error(
      `${whose}: '${name}' must be an amount from ${LEAST_USD} to ${MOST_USD} US dollars with at most two decimals that is known at synthesis, ` +
        `got ${amount}; leave it out for no limit`,
    );
  }
}

/** The longest name of a group. */
const LONGEST_GROUP = 128;

function requireGroup(whose: string, name: string): void {
  if (/^\S(.*\S)?$/.test(name) && name.length <= LONGEST_GROUP && !Token.isUnresolved(name)) return;
  throw new Error(
    `${whose}: a group must have a name in one line of at most ${LONGEST_GROUP} characters that is known at synthesis, got '${name}'; name it as ` +
      'tokens or SCIM do',
  );
}

function requireCourseId(whose: string, id: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= 64) return;
  throw new Error(
    `${whose}: 'courseId' must have lower-case letters, digits and single hyphens, beginning with a letter, and at most 64 characters, because members ` +
      `name it, got '${id}'; give the course such an ID`,
  );
}

/** @throws if a course names a model that its workspace doesn't have: its keys could use none, and its budget would have no price */
export function requireCourseModels(courses: readonly PolicyCourse[] = [], names: readonly string[]): void {
  for (const { id, models = [] } of courses) {
    const unknown = models.find((name) => !names.includes(name));
    if (unknown === undefined) continue;
    throw new Error(
      `course '${id}': 'models' must be models of the workspace (${names.join(', ')}), got '${unknown}'; name one of these, or leave out 'models' ` +
        'for all of them',
    );
  }
}

function requireDay(whose: string, until: string): void {
  const date = new Date(`${until}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(until))
    return;
  throw new Error(
    `${whose}: 'until' must be a day such as 2027-02-28 because its keys stop with it, got '${until}'; name its last day`,
  );
}
