/** ARNs of one statement in a managed policy, which accepts 6,144 characters. */
const PER_STATEMENT = 25;

/** Characters that the ARNs of one statement have inline, next to the role's other statements; a role accepts 10,240. */
const MOST_INLINE = 8_500;

/**
 * The ARNs of log groups, divided into statements that fit a policy. CDK moves statements that don't fit inline into managed policies, but
 * doesn't divide a statement. As long as one fits inline, there is one, as in version 0.1.0.
 */
export function inStatements(arns: readonly string[]): string[][] {
  // Each also has quotes and a comma.
  const length = arns.reduce((sum, arn) => sum + arn.length + 3, 0);
  if (length <= MOST_INLINE) return [[...arns]];
  return Array.from({ length: Math.ceil(arns.length / PER_STATEMENT) }, (_, index) =>
    arns.slice(index * PER_STATEMENT, (index + 1) * PER_STATEMENT),
  );
}
