import * as z from 'zod/mini';
import type { MembersPolicy } from '../policies/members-policy';
import { identitySchema, workspaceId } from './identity-schema';
import { perMemberSchema } from './monitoring-schema';
import { reads } from './reads';

/** Reads the policy of the administration of members. */
export const membersSchema = reads<MembersPolicy>()(
  z.strictObject({
    boundary: z.string(),
    workspace: workspaceId,
    identity: identitySchema,
    isShared: z.boolean(),
    corsOrigins: z.array(z.string()),
    perMember: z.optional(perMemberSchema),
  }),
);
