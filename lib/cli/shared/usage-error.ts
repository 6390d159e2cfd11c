/** A command line that can't be carried out; printed without stack, exit code 2. */
export class UsageError extends Error {
  public override readonly name = 'UsageError';
}
