/** A command line that can't be run; printed without a stack trace, exit code 2. */
export class UsageError extends Error {
  public override readonly name = 'UsageError';
}
