import * as z from 'zod/mini';
import type { Budget, PolicyCourse, PolicyGroup } from '../courses';
import { reads } from './reads';

const budgetSchema = reads<Budget>()(
  z.strictObject({
    tokens: z.optional(z.int().check(z.positive())),
    usd: z.optional(z.number().check(z.positive())),
  }),
);

/** Reads a course. */
export const courseSchema = reads<PolicyCourse>()(
  z.strictObject({
    id: z.string().check(z.minLength(1)),
    group: z.string().check(z.minLength(1)),
    models: z.optional(z.array(z.string()).check(z.minLength(1))),
    until: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
    budget: z.optional(budgetSchema),
    budgetPerMember: z.optional(budgetSchema),
  }),
);

/** Reads a group that has a budget. */
export const groupSchema = reads<PolicyGroup>()(
  z.strictObject({
    name: z.string().check(z.minLength(1)),
    tokensPerMonth: z.optional(z.int().check(z.positive())),
    usdPerMonth: z.optional(z.number().check(z.positive())),
  }),
);
