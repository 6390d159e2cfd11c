import * as z from 'zod/mini';

const schema = z.strictObject({
  boundary: z.string(),
  workspace: z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)),
  task: z.enum(['copy-keys', 'drill']),
});

/** What the functions of recovery read from the `policy.json` beside their bundle. */
export type RecoveryPolicy = z.infer<typeof schema>;

/**
 * Reads the text of a `policy.json`.
 *
 * @throws if it has another form
 */
export function parseRecoveryPolicy(text: string): RecoveryPolicy {
  const found = schema.safeParse(JSON.parse(text));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(
    `policy.json: '${issue?.path.join('.')}' has another form than the functions of recovery know; deploy them and their policy ` +
      'from one version of the package',
  );
}
