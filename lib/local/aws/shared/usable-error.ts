/** A mistake of the developer who started `serve`: one line with what to do, printed without a stack. */
export class UsableError extends Error {
  public override readonly name = 'UsableError';
}
