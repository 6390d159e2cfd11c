/** The type of Lambda's report of an invocation. */
export const REPORT = 'platform.report';

/**
 * Whether a line is Lambda's own report of an invocation that failed: it timed out, or its process crashed. What it would have recorded
 * last is lost with it, and the process that starts next has another stream.
 */
export function isFailedInvocation({ message }: { readonly message: string }): boolean {
  if (!message.includes(REPORT)) return false;
  try {
    const { type, record } = JSON.parse(message);
    return type === REPORT && record?.status !== 'success';
  } catch {
    return false;
  }
}
