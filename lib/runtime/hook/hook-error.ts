/** Why the guard couldn't judge; a closed set, which the log repeats instead of a message. */
export type HookFailure =
  | 'policy'
  | 'region'
  | 'event'
  | 'target'
  | 'action'
  | 'payload-url'
  | 'payload-unreachable'
  | 'payload-redirect'
  | 'payload-status'
  | 'payload-size'
  | 'payload-timeout'
  | 'payload-content'
  | 'template'
  | 'guard';

/**
 * The guard can't judge, so the operation is refused. Its message is shown to whoever deploys: it never repeats a pre-signed
 * URL, which would let its reader fetch the template.
 */
export class HookError extends Error {
  public override readonly name = 'HookError';

  public constructor(
    public readonly failure: HookFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
