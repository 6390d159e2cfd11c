/** The reason why the guard couldn't check; a closed set, which the log contains instead of a message. */
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
 * The guard can't check, so the operation is refused. The deploying principal sees its message, which never repeats a pre-signed
 * URL, because the URL would let its reader fetch the template.
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
