import * as z from 'zod/mini';

const groups = z.array(z.string().check(z.minLength(1)));

const schema = z.strictObject({
  boundary: z.string(),
  workspace: z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)),
  /** Whose tokens are taken, as the workspace's gateway takes them. */
  identity: z.strictObject({
    groupsClaim: z.enum(['cognito:groups', 'custom:groups']),
    groups: z.strictObject({ member: groups, admin: groups, auditor: groups }),
  }),
  /** The origins whose pages may call the API from a browser. */
  corsOrigins: z.array(z.string()),
});

/** What the functions of rights read from the `policy.json` beside their bundle. */
export type RightsPolicy = z.infer<typeof schema>;

/**
 * Reads the text of a `policy.json`.
 *
 * @throws if it has another form
 */
export function parseRightsPolicy(text: string): RightsPolicy {
  const found = schema.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(
    `policy.json: '${issue?.path.join('.')}' has another form than the functions of rights know; deploy them and their policy ` +
      'from one version of the package',
  );
}
