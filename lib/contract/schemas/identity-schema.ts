import * as z from 'zod/mini';
import type { IdentityPolicy } from '../policies/identity-policy';
import { GROUPS_CLAIMS } from '../roles';
import { reads } from './reads';

const groups = z.array(z.string().check(z.minLength(1)));

/** Reads the tokens that a workspace accepts. */
export const identitySchema = reads<IdentityPolicy>()(
  z.strictObject({
    scim: z.optional(z.literal(true)),
    groupsClaim: z.enum([GROUPS_CLAIMS.pool, GROUPS_CLAIMS.provider]),
    groups: z.strictObject({ member: groups, admin: groups, auditor: groups }),
  }),
);

/** Reads the id of a workspace. */
export const workspaceId = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/));
