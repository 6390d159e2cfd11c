/** A mistake of whoever started `serve`, in one line that says what to do; printed without stack. */
export class UsableError extends Error {
  public override readonly name = 'UsableError';
}
