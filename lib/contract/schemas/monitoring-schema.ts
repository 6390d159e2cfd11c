import * as z from 'zod/mini';
import { LEAST_MINIMUM_GROUP, type MonitoringPolicy, type PerMember } from '../monitoring';
import { reads } from './reads';

/** Reads the declaration that opens the use of single members to auditors. */
export const perMemberSchema = reads<PerMember>()(
  z.strictObject({
    reason: z.string().check(z.minLength(1)),
    approver: z.string().check(z.minLength(1)),
    until: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  }),
);

/** Reads what is shown about the use of a workspace. */
export const monitoringSchema = reads<MonitoringPolicy>()(
  z.strictObject({
    minimumGroup: z.optional(z.int().check(z.gte(LEAST_MINIMUM_GROUP))),
    groups: z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1))),
    perMember: z.optional(perMemberSchema),
  }),
);
