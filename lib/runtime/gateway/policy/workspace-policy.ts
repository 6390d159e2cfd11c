import * as z from 'zod/mini';

const groups = z.array(z.string().check(z.minLength(1)));

/** Whose tokens a workspace takes. The pool and client are known at deployment only, and so are no part of a policy. */
export const identityPolicy = z.strictObject({
  groupsClaim: z.enum(['cognito:groups', 'custom:groups']),
  groups: z.strictObject({ member: groups, admin: groups, auditor: groups }),
});

/** Which workspace a function is for. */
export const workspaceId = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/));
