import type { Budget } from '../../contract/courses';
import type { ResidencyFile } from '../schema/schema';
import type { WorkspaceConfig } from './config';

type Written = NonNullable<ResidencyFile['workspaces']>[number];

/** An amount in US dollars. Euros are converted by the owner's rate, so that only one currency is counted. */
export const inUsd = (usd: number | undefined, eur: number | undefined, rate = 1): number | undefined =>
  eur === undefined ? usd : Math.max(0.01, Math.floor((eur / rate) * 100) / 100);

/** The budgets of groups and courses, with amounts in US dollars. */
export function readBudgets(
  { groups, courses }: Pick<Written, 'groups' | 'courses'>,
  rate: number | undefined,
): Pick<WorkspaceConfig, 'groups' | 'courses'> {
  const toBudget = ({ tokens, usd, eur }: NonNullable<NonNullable<Written['courses']>[number]['budget']>): Budget => ({
    tokens,
    usd: inUsd(usd, eur, rate),
  });
  return {
    ...(groups && {
      groups: groups.map(({ name, limits: { tokensPerMonth, usdPerMonth, eurPerMonth } }) => ({
        name,
        tokensPerMonth,
        usdPerMonth: inUsd(usdPerMonth, eurPerMonth, rate),
      })),
    }),
    ...(courses && {
      courses: courses.map(({ group, budget, budgetPerMember, ...course }) => ({
        ...course,
        group: group ?? course.id,
        ...(budget && { budget: toBudget(budget) }),
        ...(budgetPerMember && { budgetPerMember: toBudget(budgetPerMember) }),
      })),
    }),
  };
}
