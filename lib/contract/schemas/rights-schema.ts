import * as z from 'zod/mini';
import type { RightsPolicy } from '../policies/rights-policy';
import { identitySchema, workspaceId } from './identity-schema';
import { reads } from './reads';

/** Reads the policy of the functions of rights. */
export const rightsSchema = reads<RightsPolicy>()(
  z.strictObject({
    boundary: z.string(),
    workspace: workspaceId,
    identity: identitySchema,
    corsOrigins: z.array(z.string()),
    handOverDays: z.optional(z.int().check(z.gte(1), z.lte(30))),
    erasureOfOthers: z.optional(z.enum(['second-person', 'delay'])),
    courses: z.optional(z.array(z.string()).check(z.minLength(1))),
  }),
);
