import type { PolicyCourse, PolicyGroup } from '../../contract/courses';
import type { ResidencyFile } from '../schema/schema';

type Written = NonNullable<ResidencyFile['workspaces']>[number];

/** Limits whose budgets in euros are converted to US dollars. */
export type InDollars<T> = Omit<T, `eur${string}`>;

/**
 * Limits with each budget in euros as one in US dollars, under the name with `usd`. Rounded down to a cent, so that a budget is never
 * exceeded by the conversion.
 */
export function inDollars<T extends object>(limits: T, currency: ResidencyFile['currency']): InDollars<T> {
  return Object.fromEntries(
    Object.entries(limits).map(([name, value]) =>
      name.startsWith('eur') && typeof value === 'number' && currency !== undefined
        ? // Binary fractions: 86 / 0.86 may be a little less than 100.
          [name.replace('eur', 'usd'), Math.floor(Number(((value / currency.EUR) * 100).toFixed(6))) / 100]
        : [name, value],
    ),
  ) as InDollars<T>;
}

/** The budgets of groups and courses, in tokens and US dollars. */
export function readBudgets(
  { groups, courses }: Pick<Written, 'groups' | 'courses'>,
  currency: ResidencyFile['currency'],
): { readonly groups?: readonly PolicyGroup[]; readonly courses?: readonly PolicyCourse[] } {
  return {
    ...(groups && { groups: groups.map(({ name, limits }) => ({ name, ...inDollars(limits, currency) })) }),
    ...(courses && {
      courses: courses.map(({ group, budget, budgetPerMember, ...course }) => ({
        ...course,
        group: group ?? course.id,
        ...(budget && { budget: inDollars(budget, currency) }),
        ...(budgetPerMember && { budgetPerMember: inDollars(budgetPerMember, currency) }),
      })),
    }),
  };
}
