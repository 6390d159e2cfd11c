import { z } from 'zod';
import { isWholeCents, LEAST_USD, MOST_MONTH_TOKENS, MOST_USD } from '../../contract/budget';
import { count } from './fields';

/** An amount of money in whole cents. */
export const amount = (least: number) => {
  const allowed = `an amount from ${least} to ${MOST_USD} with at most two decimals`;
  return z.number(allowed).min(least, allowed).max(MOST_USD, allowed).refine(isWholeCents, allowed);
};

/** The smallest budget in euros, which is a cent of a dollar at the highest rate that a file can declare. */
export const LEAST_EUR = 0.1;

/**
 * The budgets of a month.
 *
 * @param whose such as `over all keys of the project`
 */
export const budgets = (whose: string) => ({
  tokensPerMonth: count(MOST_MONTH_TOKENS)
    .optional()
    .describe(
      `Budget in tokens of prompts and answers per calendar month (UTC), ${whose}. From 80 % on, answers warn; from 100 % on, requests are refused until the month ends. ` +
        'By default no budget.',
    ),
  usdPerMonth: amount(LEAST_USD)
    .optional()
    .describe(
      `Budget in US dollars per calendar month (UTC), ${whose}, at the facts' prices of models; the AWS bill decides. Each model must have a price there ` +
        '(`eu-residency models`). By default no budget.',
    ),
  eurPerMonth: amount(LEAST_EUR)
    .optional()
    .describe(
      'The same in euros, at the rate that `currency` declares; synth converts it to whole US cents, rounded down. Not together with `usdPerMonth`. By default no budget.',
    ),
});

const ofEachMember = budgets('for each member, without requests that charge a course');

/** The budgets of a month for each member of a workspace. */
export const memberBudgets = {
  tokensPerMemberPerMonth: ofEachMember.tokensPerMonth,
  usdPerMemberPerMonth: ofEachMember.usdPerMonth,
  eurPerMemberPerMonth: ofEachMember.eurPerMonth.describe(
    'The same in euros, at the rate that `currency` declares; synth converts it to whole US cents, rounded down. Not together with `usdPerMemberPerMonth`. By default no budget.',
  ),
};
