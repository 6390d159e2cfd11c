/** Those of the groups that have budgets or courses that a token names. */
export const namedOf = (budgetGroups: readonly string[], groups: readonly string[]): string[] =>
  budgetGroups.filter((group) => groups.includes(group));
