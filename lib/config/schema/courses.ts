import { z } from 'zod';
import { LEAST_USD, MOST_MONTH_TOKENS } from '../../contract/budget';
import { MOST_BUDGET_GROUPS, MOST_COURSES } from '../../contract/courses';
import { amount, budgets, LEAST_EUR } from './budgets';
import { count, day, line, slug } from './fields';
import { modelIds } from './model-ids';

const budgetAllowed = "a mapping with one or two of 'tokens', and either 'usd' or 'eur'";

const budget = (whose: string) =>
  z
    .strictObject(
      {
        tokens: count(MOST_MONTH_TOKENS).optional().describe(`Maximum tokens of prompts and answers ${whose}.`),
        usd: amount(LEAST_USD)
          .optional()
          .describe(`Maximum cost of models ${whose}, in US dollars at the prices of the facts.`),
        eur: amount(LEAST_EUR)
          .optional()
          .describe(
            `The same in euros, at the rate of \`currency\`, which is then necessary. Not together with \`usd\`.`,
          ),
      },
      budgetAllowed,
    )
    .refine((limits) => Object.values(limits).some((one) => one !== undefined), budgetAllowed);

const groupLimitsAllowed = "a mapping with any of 'tokensPerMonth', 'usdPerMonth' and 'eurPerMonth', at least one";

const group = z
  .strictObject(
    {
      name: line('the name of a group', 128).describe(
        "The group's name in the tokens of members; with `scim`, the `displayName` of the group in SCIM, and not its `externalId`. The budget belongs to the " +
          'name: under another spelling, no one is in the group.',
      ),
      limits: z
        .strictObject(budgets('of all its members'), groupLimitsAllowed)
        .refine((limits) => Object.values(limits).some((one) => one !== undefined), groupLimitsAllowed)
        .describe('Its budget.'),
    },
    "a mapping with 'name' and 'limits'",
  )
  .describe('A group with a budget.');

/** Groups of members that have a budget. */
export const groups = z
  .array(group, 'a list of groups, at least one')
  .min(1, 'a list of groups, at least one')
  .max(MOST_BUDGET_GROUPS, `at most ${MOST_BUDGET_GROUPS} groups`)
  .describe(
    "Groups of members with a budget for each calendar month. A member's requests charge the first one of the list that they're in, except those " +
      'with a key that charges a course.',
  );

const course = z
  .strictObject(
    {
      id: slug(64).describe('Its id, unique in the workspace. Members name it when they create a key.'),
      group: line('the name of a group', 128)
        .optional()
        .describe(
          "The group whose members are in the course: its name in their tokens, or with `scim`, its `displayName` in SCIM, and not its `externalId`. By default the course's id.",
        ),
      models: modelIds('keys of the course')
        .optional()
        .describe('Models that its keys may use: ids of `models` of the workspace; by default all of them.'),
      until: day().describe(
        'Its last day, in UTC. Its keys stop with it. What was used belongs to the id, also after you extend the course: another term is another course, with another id.',
      ),
      budget: budget('for all members together, over the whole course')
        .optional()
        .describe('For all members together, over the whole course; by default no limit.'),
      budgetPerMember: budget('for each member, over the whole course')
        .optional()
        .describe('For each member, over the whole course; by default no limit.'),
    },
    "a mapping with 'id' and 'until'",
  )
  .describe('A course.');

/** Courses whose budgets members' keys charge. */
export const courses = z
  .array(course, 'a list of courses, at least one')
  .min(1, 'a list of courses, at least one')
  .max(MOST_COURSES, `at most ${MOST_COURSES} courses`)
  .describe(
    "Groups with a budget and an end. A member creates an API key that charges one course that they're in; it charges no budget of their own or of their " +
      'group. Requires `keys`.',
  );
