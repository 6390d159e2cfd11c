import * as z from 'zod/mini';

const groups = z.array(z.string().check(z.minLength(1)));

const schema = z.strictObject({
  boundary: z.string(),
  workspace: z.string().check(z.minLength(1)),
  identity: z.strictObject({
    groupsClaim: z.enum(['cognito:groups', 'custom:groups']),
    groups: z.strictObject({ member: groups, admin: groups, auditor: groups }),
  }),
  /** Whether other workspaces come in by the user pool too. */
  isShared: z.boolean(),
  corsOrigins: z.array(z.string()),
});

/** What a deployment writes beside the bundle as `policy.json`: whose members are managed, and whose the pool is. */
export type MembersPolicy = z.infer<typeof schema>;

/** @throws if it isn't JSON of exactly this form */
export function parseMembersPolicy(text: string): MembersPolicy {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      'policy.json has not the form that the administration of members reads; deploy the function and its policy from one ' +
        'version of the package',
      { cause: error },
    );
  }
}
